import { parseDate } from '@internationalized/date';
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
  Label,
  Popover,
} from 'react-aria-components';
import { useWords } from '../words';
import { Icon } from './icon';

/** A day, in the calendar and the digits that were chosen; `value` and the answer are ISO dates. */
export function DayField({
  label,
  value,
  least,
  most,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly least?: string;
  readonly most?: string;
  readonly onChange: (date: string) => void;
}) {
  const { t } = useWords();
  return (
    <DatePicker
      className="day-field"
      value={parseDate(value)}
      {...(least === undefined ? {} : { minValue: parseDate(least) })}
      {...(most === undefined ? {} : { maxValue: parseDate(most) })}
      onChange={(date) => date && onChange(date.toString())}
    >
      <Label>{label}</Label>
      <Group className="day-box">
        <DateInput className="day-input">
          {(segment) => <DateSegment segment={segment} className="day-segment" />}
        </DateInput>
        <Button className="icon-button" aria-label={t('stats.pick')}>
          <Icon name="calendar" />
        </Button>
      </Group>
      <Popover className="day-popover">
        <Dialog className="day-dialog">
          <Calendar>
            <header>
              <Button slot="previous" className="icon-button">
                <Icon name="back" turns />
              </Button>
              <Heading />
              <Button slot="next" className="icon-button forth">
                <Icon name="back" turns />
              </Button>
            </header>
            <CalendarGrid>{(date) => <CalendarCell date={date} className="day-cell" />}</CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </DatePicker>
  );
}
