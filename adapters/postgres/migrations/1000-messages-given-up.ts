/** Messages that were given up: they are counted at each look at their endpoint, and found without reading those that were delivered. */
export const messagesGivenUp = `
CREATE INDEX webhook_messages_failed ON webhook_messages (endpoint) WHERE state = 'failed';
`;
