import { get } from '../api/client';
import { useLoad } from '../api/hooks';

/** Words that rest in the vault, read when they are shown. Without them (erased, or not for this role) nothing stands there. */
export function Reason({ id, reference }: { readonly id: string; readonly reference: string }) {
  const name = reference.split('/').at(-1) ?? '';
  const { data } = useLoad(`reason/${id}/${name}`, (signal) =>
    get('/v1/cases/{id}/reasons/{reason}', { params: { id, reason: name }, signal }),
  );
  return data ? (
    <blockquote className="said" dir="auto">
      {data.text}
    </blockquote>
  ) : null;
}
