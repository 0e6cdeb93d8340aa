// Put this one script on a page and the chat is there. See docs/widget.md.
// A module script has no `currentScript`, but an address to import from. The chat then finds the tag.
(() => {
  const tag = document.currentScript;
  const chat = tag ? new URL("widget/chat.js", tag.src) : "./widget/chat.js";
  import(chat).then(({ place }) => place(tag));
})();
