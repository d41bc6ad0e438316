/** RFC 3339 in whole seconds, like every time on the wire. */
export const wireTime = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;
