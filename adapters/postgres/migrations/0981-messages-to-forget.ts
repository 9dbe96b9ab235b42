/** Messages that were delivered, the oldest first: those to be forgotten are found without reading the ones that are kept. */
export const messagesToForget = `
CREATE INDEX webhook_messages_delivered ON webhook_messages (last_attempt_at) WHERE state = 'delivered';
`;
