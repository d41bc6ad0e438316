// Control characters but tab and line end, and marks that turn the order of what is around them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const ACTING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/**
 * A text as a terminal shows it without obeying it: what others wrote (a server, an RPC endpoint, a customer) may hold
 * sequences that clear the screen, type, or rewrite the lines above. Such characters are written out, as in JSON: `\\u001b`.
 */
export function printable(text: string): string {
  return text.replace(ACTING, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
