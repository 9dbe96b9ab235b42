import { Document, type DocumentProps, Font, Page, renderToBuffer, StyleSheet, Text, View } from '@react-pdf/renderer';
import type { ReactElement, ReactNode } from 'react';
import { FONT_FILES } from '../cards/fonts';
import { fontFamily } from '../cards/pdf-fonts';
import type { Bilingual } from '../domain/refusal';

export type Language = 'ar' | 'en';

/** A paper as a PDF, in the fonts of the cards, so that it looks the same on a machine with none. */
export async function paperPdf(paper: ReactElement<DocumentProps>): Promise<Buffer> {
  // Arabic is never hyphenated, and names and numbers should not be.
  Font.registerHyphenationCallback((word) => [word]);
  await fontFamily('paper', [
    { src: FONT_FILES.regular, fontWeight: 400 },
    { src: FONT_FILES.medium, fontWeight: 500 },
    { src: FONT_FILES.bold, fontWeight: 700 },
  ]);
  return renderToBuffer(paper);
}

export const GREEN = '#14573c';
const LINE = '#d5ddd8';
const SOFT = '#f2f6f4';
const GREY = '#5b6660';

const style = StyleSheet.create({
  page: {
    fontFamily: 'paper',
    fontSize: 9,
    color: '#17211c',
    paddingTop: 36,
    paddingBottom: 46,
    paddingHorizontal: 40,
  },
  head: { borderBottomWidth: 1.5, borderBottomColor: GREEN, paddingBottom: 10, marginBottom: 12 },
  issuer: { fontSize: 9, color: GREY, marginBottom: 3 },
  title: { fontSize: 17, fontWeight: 700, color: GREEN, marginBottom: 3 },
  subtitle: { fontSize: 9.5, color: GREY },
  section: { fontSize: 11, fontWeight: 700, color: GREEN, marginTop: 10, marginBottom: 5 },
  row: { paddingVertical: 3.2, paddingHorizontal: 5, borderBottomWidth: 0.6, borderBottomColor: LINE },
  headRow: { backgroundColor: SOFT, borderBottomWidth: 0.8, borderBottomColor: GREEN },
  headCell: { fontWeight: 500, color: GREEN, fontSize: 8.5 },
  foot: {
    position: 'absolute',
    bottom: 20,
    left: 40,
    right: 40,
    fontSize: 7.5,
    color: GREY,
    borderTopWidth: 0.6,
    borderTopColor: LINE,
    paddingTop: 5,
  },
});

export const wordIn =
  (language: Language) =>
  (text: Bilingual): string =>
    text[language];

const edge = (language: Language): 'left' | 'right' => (language === 'ar' ? 'right' : 'left');
/** A line of Arabic runs from the right, its numbers and full stops with it; one without an Arabic letter is a number or a code and runs from the left, on either paper. */
export const run = (text: string): { direction: 'rtl' | 'ltr' } => ({
  direction: /\p{Script=Arabic}/u.test(text) ? 'rtl' : 'ltr',
});
export const across = (language: Language): 'row' | 'row-reverse' => (language === 'ar' ? 'row-reverse' : 'row');

export interface PaperProps {
  readonly language: Language;
  readonly issuer: string;
  readonly title: string;
  readonly subtitle: string;
  readonly foot: string;
  readonly children: ReactNode;
}

/** An A4 paper with a head, a foot and page numbers. */
export function Paper({ language, issuer, title, subtitle, foot, children }: PaperProps) {
  const textAlign = edge(language);
  return (
    <Document title={title} author={issuer} creator="Tajdid" producer="Tajdid" language={language}>
      <Page size="A4" style={style.page}>
        <View style={style.head}>
          <Text style={[style.issuer, { textAlign }, run(issuer)]}>{issuer}</Text>
          <Text style={[style.title, { textAlign }, run(title)]}>{title}</Text>
          <Text style={[style.subtitle, { textAlign }, run(subtitle)]}>{subtitle}</Text>
        </View>
        {children}
        <View fixed style={[style.foot, { flexDirection: across(language), justifyContent: 'space-between' }]}>
          <Text style={[{ maxWidth: 440, textAlign }, run(foot)]}>{foot}</Text>
          <Text render={({ pageNumber, totalPages }) => `${pageNumber} / ${totalPages}`} />
        </View>
      </Page>
    </Document>
  );
}

export function Section({ language, title }: { readonly language: Language; readonly title: string }) {
  return (
    <Text style={[style.section, { textAlign: edge(language) }, run(title)]} minPresenceAhead={40}>
      {title}
    </Text>
  );
}

/** A line beneath a table. */
export function Remark({ language, text }: { readonly language: Language; readonly text: string }) {
  return <Text style={[{ marginTop: 4, color: GREY, textAlign: edge(language) }, run(text)]}>{text}</Text>;
}

export interface Column {
  readonly title: string;
  /** Share of the width. */
  readonly width: number;
  /** Numbers stand at the right in either language, so that their digits are under each other. */
  readonly number?: boolean;
}

export interface TableProps {
  readonly language: Language;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  /** In place of rows that there are none of. */
  readonly none: string;
  /** Rows in bold, counted from the end. */
  readonly totals?: number;
  /** Rows closer together, where a paper has to stay on its page. */
  readonly dense?: boolean;
}

export function Table({ language, columns, rows, none, totals = 0, dense = false }: TableProps) {
  const close = dense ? { paddingVertical: 1.6 } : {};
  const cell = (column: Column) =>
    ({ width: `${column.width}%`, textAlign: column.number ? 'right' : edge(language), paddingHorizontal: 2 }) as const;
  return (
    <View>
      <View style={[style.row, style.headRow, close, { flexDirection: across(language) }]} wrap={false}>
        {columns.map((column) => (
          <Text key={column.title} style={[style.headCell, cell(column), run(column.title)]}>
            {column.title}
          </Text>
        ))}
      </View>
      {rows.length === 0 && (
        <Text style={[style.row, { textAlign: edge(language), color: GREY }, run(none)]}>{none}</Text>
      )}
      {rows.map((row, i) => (
        <View
          key={i}
          style={[
            style.row,
            close,
            { flexDirection: across(language), fontWeight: i >= rows.length - totals ? 700 : 400 },
          ]}
          wrap={false}
        >
          {columns.map((column, j) => (
            <Text key={column.title} style={[cell(column), run(row[j] ?? '')]}>
              {row[j] ?? ''}
            </Text>
          ))}
        </View>
      ))}
    </View>
  );
}

/** Names and values, two pairs a line, or one for a long value at the end. */
export function Facts({
  language,
  facts,
  last,
}: {
  readonly language: Language;
  readonly facts: readonly (readonly [string, string])[];
  readonly last?: readonly [string, string];
}) {
  const pairs = Array.from({ length: Math.ceil(facts.length / 2) }, (_, i) => facts.slice(2 * i, 2 * i + 2));
  const lines = last ? [...pairs, [last]] : pairs;
  const textAlign = edge(language);
  return (
    <View>
      {lines.map((pair, i) => (
        <View key={i} style={[style.row, { flexDirection: across(language) }]} wrap={false}>
          {pair.map(([name, value]) => (
            <View key={name} style={{ width: pair.length === 1 ? '100%' : '50%', flexDirection: across(language) }}>
              <Text style={[{ width: pair.length === 1 ? '19%' : '38%', color: GREY, textAlign }, run(name)]}>
                {name}
              </Text>
              <Text style={[{ width: pair.length === 1 ? '81%' : '62%', fontWeight: 500, textAlign }, run(value)]}>
                {value}
              </Text>
            </View>
          ))}
        </View>
      ))}
    </View>
  );
}
