import type { Database } from '../postgres/database';
import type { DocumentFact, DocumentFacts } from './facts-port';

const FIND = `SELECT person, content_type AS "contentType", bytes, measurement, uploaded_by AS "uploadedBy", uploaded_at AS "uploadedAt"
  FROM documents WHERE ref = $1`;

const KEEP = `INSERT INTO documents (ref, person, content_type, bytes, measurement, uploaded_by, uploaded_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (ref) DO NOTHING`;

export function createDocumentFacts(database: Database): DocumentFacts {
  const db = database.from('documents');
  return {
    async find(documentRef) {
      const [fact] = await db.query<DocumentFact>({ name: 'document-facts', text: FIND, values: [documentRef] });
      return fact ?? null;
    },
    async keep(documentRef, { person, contentType, bytes, measurement, uploadedBy, uploadedAt }) {
      const measured = measurement === null ? null : JSON.stringify(measurement);
      const values = [documentRef, person, contentType, bytes, measured, uploadedBy, uploadedAt];
      await db.query({ name: 'keep-document-facts', text: KEEP, values });
    },
  };
}
