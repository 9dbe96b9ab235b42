import { Checkbox, CheckboxGroup, FieldError, Label, Radio, RadioGroup, Text } from 'react-aria-components';
import type { Case, FamilyEvidence } from '../api/client';
import { ruleOf, type Field, type Form } from '../case-types';
import { ColleagueField } from '../colleagues';
import { shortId } from '../format';
import { preferences } from '../preferences';
import type { Option } from '../ui/choice';
import { Icon } from '../ui/icon';
import { named, said, t, useWords } from '../words';

export type Values = Readonly<Record<string, string | readonly string[]>>;
type AllowedAction = Case['allowedActions'][number];

type Value = string | readonly string[];

const trimmed = (value: Value): Value => (typeof value === 'string' ? value.trim() : value);

export const given = (value: Value | undefined): boolean => value !== undefined && trimmed(value).length > 0;

/** What was filled in, as it is sent: who types may still be between two words. */
export const sent = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (given(value) ? [[name, trimmed(value)]] : [])));

/** What somebody who could be the same is called, in the language that is read. */
function candidate(family: FamilyEvidence | undefined, ref: string): string | undefined {
  const found = family?.candidates.find((each) => each.ref === ref);
  if (!found) return undefined;
  const name = (preferences().language === 'ar' ? found.told?.nameAr : found.told?.nameEn) ?? '';
  const where = found.kind === 'case' ? t('family.openReport', { id: shortId(ref) }) : t('family.inRegister');
  return [name, where].filter(Boolean).join(' · ');
}

/** The input that names a rule. */
const RULE = 'rule';

/** What the form of an action asks for now, besides the reason; the rule of a vote is that of a vote against. */
export function askedBy(
  { properties, required }: Form,
  values: Values,
): readonly { readonly name: string; readonly field: Field; readonly needed: boolean }[] {
  const forIt = properties['vote'] !== undefined && values['vote'] !== 'reject';
  return Object.entries(properties).flatMap(([name, field]) =>
    name === 'reason' || (field.type === undefined && field.enum === undefined) || (name === RULE && forIt)
      ? []
      : [{ name, field, needed: name === RULE || required.includes(name) }],
  );
}

/** A rule in the words of the case type. */
export const ruleSaid = (type: string, code: string): string => {
  const rule = ruleOf(type, code);
  return rule ? said(rule) : code;
};

/** What a field of the action can be: what the case itself offers, else what its form says; undefined where anything can be written. */
export function useOptions(
  type: string,
  action: AllowedAction | undefined,
  family: FamilyEvidence | undefined,
): (name: string, field: Field) => readonly Option<string>[] | undefined {
  useWords();
  return (name, field) => {
    const offered = action?.choices?.[name];
    if (offered)
      return offered.map(({ value, text }) => ({
        value,
        label: text ? said(text) : (candidate(family, value) ?? named('act.fields', value)),
      }));
    const options = field.enum ?? field.items?.enum;
    return options?.map((value) => ({
      value,
      label: name === RULE ? ruleSaid(type, value) : named('act.fields', value),
    }));
  };
}

/** One field of the action's own form, drawn from what the API says it takes. */
export function FieldInput({
  name,
  field,
  value,
  options,
  missing = false,
  onChange,
}: {
  readonly name: string;
  readonly field: Field;
  readonly value: string | readonly string[] | undefined;
  readonly options: readonly Option<string>[] | undefined;
  /** It was sent without it. */
  readonly missing?: boolean;
  readonly onChange: (value: string | readonly string[]) => void;
}) {
  const label = named('act', name);
  if (field.type === 'array') {
    return (
      <CheckboxGroup
        className="field"
        value={Array.isArray(value) ? [...(value as string[])] : []}
        isInvalid={missing}
        validationBehavior="aria"
        onChange={onChange}
      >
        <Label>{label}</Label>
        {(options ?? []).map((option) => (
          <Checkbox key={option.value} value={option.value} className="option">
            <i aria-hidden="true">
              <Icon name="check" />
            </i>
            {option.label}
          </Checkbox>
        ))}
        {name === 'waives' && <Text slot="description">{t('act.waivesNone')}</Text>}
        <FieldError className="field-error">{t('act.choose')}</FieldError>
      </CheckboxGroup>
    );
  }
  if (options) {
    return (
      <RadioGroup
        className="field"
        value={typeof value === 'string' ? value : null}
        isInvalid={missing}
        validationBehavior="aria"
        onChange={onChange}
      >
        <Label>{label}</Label>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className="option round">
            <i aria-hidden="true" />
            {option.label}
          </Radio>
        ))}
        <FieldError className="field-error">{t('act.chooseOne')}</FieldError>
      </RadioGroup>
    );
  }
  const text = typeof value === 'string' ? value : '';
  if (name === 'to') return <ColleagueField label={label} value={text} missing={missing} onChange={onChange} />;
  return (
    <label className="field">
      <span>{label}</span>
      <input
        name={name}
        dir="auto"
        autoComplete="off"
        value={text}
        maxLength={field.maxLength ?? 64}
        aria-invalid={missing}
        onChange={(event) => onChange(event.target.value)}
      />
      {missing && <small className="field-error">{t('amend.needed')}</small>}
    </label>
  );
}
