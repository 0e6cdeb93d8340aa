// Put this one script on a page and the chat is there. See docs/widget.md.
(() => {
  const script = document.currentScript;
  const home = new URL("widget/", script.src);
  import(new URL("chat.js", home));
  if (document.querySelector("first-principles-chat")) return;

  const chat = document.createElement("first-principles-chat");
  chat.setAttribute("launcher", "");
  for (const [name, value] of Object.entries(script.dataset)) chat.setAttribute(name, value);
  document.body.append(chat);
})();
