/** What stands in a share's receipt for its purpose. The purpose itself is in the vault; of those granted before, the receipt says nothing. */
export const purposesInReceipts = `
ALTER TABLE shares ADD COLUMN purpose_digest text;
`;
