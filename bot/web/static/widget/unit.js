// The size of type that the reader chose, as a length that is worked out once. Unregistered, `1em`
// would be worked out again wherever it is used; `rem` would follow the page around the chat.

const UNIT = { name: "--fp-unit", syntax: "<length>", inherits: true, initialValue: "16px" };

try {
  CSS.registerProperty(UNIT);
} catch (error) {
  // A second copy of the chat on the page registers it again.
  if (error.name !== "InvalidModificationError") throw error;
}
