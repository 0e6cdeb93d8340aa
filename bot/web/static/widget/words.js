// Every word the widget says of its own accord.

export const WORDS = {
  heading: "Ask the safeguarding principles",
  launcher: "Ask the safeguarding principles",
  close: "Close",
  privacy:
    "Do not type names, dates of birth, addresses or case numbers. Anything like that is taken out before your message is kept.",
  danger: "If a child is in immediate danger, call 999. This chat alerts nobody.",
  privacyLink: "What is kept, and for how long",
  log: "Conversation",
  reply: "Reply",
  label: "Your question or answer",
  hint: "Enter sends. Shift and Enter starts a new line.",
  send: "Send",
  waiting: "Looking in the sources",
  youSaid: "You said: ",
  newTab: " (opens in a new tab)",
  readInContext: "Read in context",
  missing: "[text missing in source]",
  notFromSources: "Not from the sources.",
  noticeAgain: "See the note above.",
  quotation: "Quotation from",
  leadIn: "The source introduces it with: ",
  relatedQuotes: "Related, but not an answer",
  whereToAsk: "Who to ask",
  relatedFlows: "Go through it step by step",
  yourAnswers: "Your answers",
  why: "Why this is asked",
  change: "Change",
  continue: "Continue",
  cards: "Keep in mind",
  behind: "What the sources say on this",
  safety: "Safety",
  record: "Record of this",
  download: "Download for Word",
  copy: "Copy as text",
  print: "Open to print",
  copied: "The record is copied.",
  notCopied: "The record could not be copied here. Download it instead.",
  downloaded: "The record is downloaded.",
  helped: "Did this help?",
  yes: "Yes, it helped",
  no: "No, it did not",
  whyNot: "What was wrong?",
  sendFeedback: "Send",
  whoReads:
    "The people who run this assistant count these answers. Nothing that you typed is sent with them.",
  thanks: "Thank you. Your answer is counted.",
  errorHeading: "There is a problem",
  nothingTyped: "Type a question first.",
  chooseFirst: "Choose one of the answers first.",
  offline: "Your message did not get through. Check your connection, then try again.",
  unexpected: "The assistant could not answer just now. Try again in a minute.",
  ended: "This conversation has ended and can no longer be read.",
  tryAgain: "Try again",
  startAgain: "Start a new conversation",
  delete: "Delete my conversation",
  deleteSure: "Delete this conversation? It cannot be brought back.",
  deleteYes: "Yes, delete it",
  deleteNo: "No, keep it",
  deleted: "Your conversation is deleted.",
  leave: "Delete and leave this page",
};

export const KINDS = {
  supported: "The sources support this",
  ask_first: "The sources point to asking first",
  advice: "The sources point to taking advice",
  not_supported: "The sources do not support this",
  info: "What the sources say",
  safety: "Act now",
  not_covered: "The sources do not cover this",
};

export const NOTICES = {
  superseded: "Out of date",
  damaged: "Damaged in our copy",
  local: "Local text",
  differs: "The sources differ",
};

export const REASONS = {
  not_what_i_asked: "It did not answer my question",
  missing: "Something is missing",
  out_of_date: "It is out of date",
  hard_to_understand: "It was hard to understand",
  other: "Something else",
};

export function remaining(count) {
  const size = Math.abs(count);
  const unit = size === 1 ? "character" : "characters";
  return count >= 0 ? `${size} ${unit} left` : `${size} ${unit} too many`;
}

export function question(number) {
  return `Question ${number}`;
}

export function chooseFrom(count) {
  return `Choose from ${count}`;
}

export function change(questionText) {
  return `your answer to: ${questionText}`;
}

export function checked(day) {
  const written = new Date(`${day}T00:00:00`).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
  });
  return `Checked on ${written}.`;
}
