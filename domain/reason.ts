/** How long a reason in words is, in characters: one letter explains nothing, and a book is for another place. */
export const REASON_LENGTH = { least: 3, most: 2_000 } as const;
