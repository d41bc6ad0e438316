const MAX_LENGTH = 200;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A stranger's words, cut and harmless: a database takes no NUL, and JSON no half of a character. Pure. */
export function safeWords(words: string): string {
  return words.slice(0, MAX_LENGTH).toWellFormed().replace(UNSEEN, "\ufffd");
}
