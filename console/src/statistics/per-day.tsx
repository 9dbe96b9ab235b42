import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Button } from 'react-aria-components';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { dayAndMonth, number, shortDate } from '../format';
import { usePreferences } from '../preferences';
import { useWords } from '../words';
import { largest, type Days } from './series';

const HALF_DAY = 43_200;
const LABEL_WIDTH = 90;
const MOST_LINES = 8;
const HEIGHT = 260;
const COLOURS = ['--blue', '--clay', '--green', '--sand', '--red', '--soft', '--line-strong', '--ink'] as const;

/** As the browser makes it of the light and the dark one: a canvas knows only colours. */
function colours(of: HTMLElement): (name: string) => string {
  return (name) => {
    of.style.color = `var(${name})`;
    const made = getComputedStyle(of).color;
    of.style.color = '';
    return made;
  };
}

const device = matchMedia('(prefers-color-scheme: dark)');
const watchDevice = (listener: () => void): (() => void) => {
  device.addEventListener('change', listener);
  return () => device.removeEventListener('change', listener);
};

const seconds = (date: string): number => Date.parse(`${date}T09:00:00Z`) / 1000;

function daysNamed(all: readonly number[], width: number): number[] {
  const every = Math.max(1, Math.ceil(all.length / Math.max(1, Math.floor(width / LABEL_WIDTH))));
  return all.filter((_, n) => (all.length - 1 - n) % every === 0);
}

function stacked(lines: Days['lines']): number[][] {
  const sums = (lines[0]?.values ?? []).map(() => 0);
  return lines.map(({ values }) =>
    values.map((value, n) => {
      sums[n] = (sums[n] ?? 0) + value;
      return sums[n];
    }),
  );
}

/** Cases a day, stacked; the same numbers as a table for whoever cannot or does not want to see a chart. */
export function PerDay({ days }: { readonly days: Days }) {
  const { t } = useWords();
  const chosen = usePreferences();
  const dark = useSyncExternalStore(watchDevice, () => device.matches);
  const box = useRef<HTMLDivElement>(null);
  const [table, setTable] = useState(false);
  const lines = largest(days, MOST_LINES);

  useEffect(() => {
    const target = box.current;
    if (!target || table) return;
    const colour = colours(target);
    const rtl = chosen.language === 'ar';
    const sums = stacked(lines);
    const axis = {
      stroke: colour('--soft'),
      grid: { stroke: colour('--line'), width: 1 },
      ticks: { show: false },
      font: '12px IBM Plex Sans Arabic',
    };
    const plot = new UPlot(
      {
        width: target.clientWidth,
        height: HEIGHT,
        legend: { show: false },
        padding: [8, null, 0, null],
        cursor: { y: false, drag: { x: false, y: false } },
        // Time runs as the writing does.
        scales: {
          // Half a day more on both sides, so that the first and the last bar are whole.
          x: { time: false, dir: rtl ? -1 : 1, range: (_plot, least, most) => [least - HALF_DAY, most + HALF_DAY] },
          y: { range: (_plot, _least, most) => [0, Math.max(4, Math.ceil(most * 1.1))] },
        },
        axes: [
          {
            ...axis,
            grid: { show: false },
            values: (_plot, at) => at.map((each) => dayAndMonth(new Date(each * 1000).toISOString())),
            // Counted back from the last day, which is always named.
            splits: (plot) => daysNamed(days.dates.map(seconds), plot.width),
            size: 28,
          },
          {
            ...axis,
            side: rtl ? 1 : 3,
            values: (_plot, at) => at.map((each) => (Number.isInteger(each) ? number(each) : '')),
            size: 45,
          },
        ],
        series: [
          {},
          ...lines
            .map((line, n) => ({
              label: line.name,
              stroke: colour(COLOURS[n] ?? '--ink'),
              fill: colour(COLOURS[n] ?? '--ink'),
              width: 0,
              points: { show: false },
              ...(UPlot.paths.bars ? { paths: UPlot.paths.bars({ size: [0.7, 40], gap: 1 }) } : {}),
            }))
            .reverse(),
        ],
      },
      [days.dates.map(seconds), ...sums.reverse()],
      target,
    );
    const fit = new ResizeObserver(() => plot.setSize({ width: target.clientWidth, height: HEIGHT }));
    fit.observe(target);
    return () => {
      fit.disconnect();
      plot.destroy();
    };
  }, [days, table, chosen, dark]);

  return (
    <>
      {table ? (
        <div className="scroll" tabIndex={0} role="region" aria-label={t('stats.perDay')}>
          <table className="numbers">
            <thead>
              <tr>
                <th scope="col">{t('stats.date')}</th>
                {lines.map(({ name }) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {days.dates.map((date, n) => (
                <tr key={date}>
                  <th scope="row">{shortDate(date)}</th>
                  {lines.map(({ name, values }) => (
                    <td key={name}>{number(values[n] ?? 0)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <div
          ref={box}
          className="chart"
          dir="ltr"
          role="img"
          aria-label={`${t('stats.perDay')}: ${lines.map(({ name, total }) => `${name} ${number(total)}`).join(', ')}`}
        />
      )}
      <footer className="legend">
        <ul>
          {lines.map(({ name, total }, n) => (
            <li key={name}>
              <i style={{ background: `var(${COLOURS[n] ?? '--ink'})` }} aria-hidden="true" /> {name}{' '}
              <b>{number(total)}</b>
            </li>
          ))}
        </ul>
        <Button className="button quiet small" onPress={() => setTable(!table)}>
          {table ? t('stats.chart') : t('stats.table')}
        </Button>
      </footer>
    </>
  );
}
