import { Label, Radio, RadioGroup } from 'react-aria-components';

export interface Option<V extends string> {
  readonly value: V;
  readonly label: string;
}

/** A few words of which one holds. */
export function Segments<V extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: V;
  readonly options: readonly Option<V>[];
  readonly onChange: (value: V) => void;
}) {
  return (
    <RadioGroup className="segments" value={value} onChange={(next) => onChange(next as V)} orientation="horizontal">
      <Label>{label}</Label>
      <div className="segments-row">
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className="segment">
            {option.label}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}

/** The browser's own list: quick by keyboard, and right on a phone. */
export function Choice<V extends string>({
  label,
  value,
  options,
  onChange,
  quiet = false,
}: {
  readonly label: string;
  readonly value: V;
  readonly options: readonly Option<V>[];
  readonly onChange: (value: V) => void;
  readonly quiet?: boolean;
}) {
  return (
    <label className={quiet ? 'choice quiet' : 'choice'}>
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value as V)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}
