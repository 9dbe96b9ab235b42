import type { Element } from '../../cards/elements';
import { toPdf } from '../../cards/pdf';
import { pdfText } from '../support/pdf-text';

const line = (text: string): Element => ({
  kind: 'text',
  text,
  x: 80,
  y: 20,
  anchor: 'right',
  face: 'bold',
  size: 4,
  colour: '#000000',
});

test('a paper has all its letters, whatever was drawn before it', async () => {
  await toPdf([[line('شهادة خالد')]]);
  const lettersOf = (text: string): string[] => [...text].sort();
  for (const text of ['سجل', 'حائل']) expect(lettersOf(pdfText(await toPdf([[line(text)]])))).toEqual(lettersOf(text));
});
