export interface BarRow {
  readonly label: string;
  readonly value: number;
  readonly text: string;
  readonly more?: string;
}

/** Horizontal bars that are a table all along: read by eye and by a screen reader alike. */
export function Bars({
  caption,
  columns,
  rows,
}: {
  readonly caption: string;
  readonly columns: readonly [string, string];
  readonly rows: readonly BarRow[];
}) {
  const most = Math.max(1e-9, ...rows.map(({ value }) => value));
  return (
    <table className="bars">
      <caption className="visually-hidden">{caption}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{columns[0]}</th>
          <th scope="col">{columns[1]}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, value, text, more }) => (
          <tr key={label}>
            <th scope="row">
              {label}
              {more && <small>{more}</small>}
            </th>
            <td>
              <span className="bar-track" aria-hidden="true">
                <span className="bar-fill" style={{ inlineSize: `${(value / most) * 100}%` }} />
              </span>
              <span className="bar-value">{text}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
