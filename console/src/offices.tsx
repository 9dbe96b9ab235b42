import made from './api/offices.json';
import { Choice } from './ui/choice';
import { named, useWords } from './words';

/** Every office that the API knows. */
export const officeNamed = (text: string | null): string | undefined => made.find((each) => each === text);

export function OfficeChoice({
  value,
  onChange,
  quiet = false,
}: {
  readonly value: string | undefined;
  readonly onChange: (office: string) => void;
  readonly quiet?: boolean;
}) {
  const { t } = useWords();
  return (
    <Choice
      quiet={quiet}
      label={t('stats.office')}
      value={value ?? ''}
      onChange={onChange}
      options={[
        { value: '', label: t('stats.allOffices') },
        ...made.map((each) => ({ value: each, label: named('offices', each) })),
      ]}
    />
  );
}
