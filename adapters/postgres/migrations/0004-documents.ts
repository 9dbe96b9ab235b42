/** What is known about kept documents (the contents are in the document store), and the webhooks that arrived already. */
export const documents = `
CREATE TABLE documents (
  ref          text        PRIMARY KEY,
  person       text        NOT NULL,
  content_type text        NOT NULL,
  bytes        int         NOT NULL,
  measurement  jsonb,
  uploaded_by  text        NOT NULL,
  uploaded_at  timestamptz NOT NULL
);
CREATE INDEX documents_person ON documents (person);

CREATE TABLE webhook_inbox (
  source      text        NOT NULL,
  id          text        NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (source, id)
);
CREATE INDEX webhook_inbox_received_at ON webhook_inbox USING brin (received_at);
`;
