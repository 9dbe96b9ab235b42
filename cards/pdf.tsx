import { Document, G, Image, Page, Path, Rect, renderToBuffer, Svg, Text } from '@react-pdf/renderer';
import { CARD, type Element, type Sheet } from './elements';
import { FONT_FILES, type Face } from './fonts';
import { fontFamily } from './pdf-fonts';

/** Points a millimetre. */
const POINTS = 72 / 25.4;
/** Points by which a drawing is lower than its page: of the page's own height, it would be put on a page of its own. */
const HAIR = 0.01;
const ANCHORS = { left: 'start', middle: 'middle', right: 'end' } as const;

function Drawn({ element }: { readonly element: Element }) {
  switch (element.kind) {
    case 'rect':
      return (
        <Rect
          x={element.x}
          y={element.y}
          width={element.width}
          height={element.height}
          rx={element.radius ?? 0}
          fill={element.fill}
        />
      );
    case 'path':
      return (
        <G transform={`translate(${element.x} ${element.y}) scale(${element.scale})`}>
          <Path
            d={element.d}
            fill={element.fill ?? 'none'}
            stroke={element.stroke?.colour ?? 'none'}
            strokeWidth={element.stroke?.width ?? 0}
            opacity={element.opacity ?? 1}
          />
        </G>
      );
    case 'image':
      return null;
    case 'text':
      return (
        <G {...(element.turn === undefined ? {} : { transform: `rotate(${element.turn} ${element.x} ${element.y})` })}>
          <Text
            x={element.x}
            y={element.y}
            textAnchor={ANCHORS[element.anchor]}
            fill={element.colour}
            fillOpacity={element.opacity ?? 1}
            style={{ fontFamily: element.face, fontSize: element.size }}
          >
            {element.text}
          </Text>
        </G>
      );
  }
}

const layerOf = ({ width, height }: Sheet) =>
  ({ position: 'absolute', left: 0, top: 0, width: width * POINTS, height: height * POINTS - HAIR }) as const;

/** Images cannot stand inside a drawing, so the drawing is cut where an image comes. */
function Side({ elements, sheet }: { readonly elements: readonly Element[]; readonly sheet: Sheet }) {
  const layers: Element[][] = [[]];
  for (const element of elements) {
    if (element.kind === 'image') layers.push([element], []);
    else layers.at(-1)?.push(element);
  }
  return (
    <Page size={[sheet.width * POINTS, sheet.height * POINTS]}>
      {layers.map((content, i) => {
        const [first] = content;
        if (first?.kind !== 'image') {
          return (
            <Svg
              key={i}
              viewBox={`0 0 ${sheet.width} ${sheet.height}`}
              preserveAspectRatio="none"
              style={layerOf(sheet)}
            >
              {content.map((element, j) => (
                <Drawn key={j} element={element} />
              ))}
            </Svg>
          );
        }
        const place = {
          position: 'absolute',
          left: first.x * POINTS,
          top: first.y * POINTS,
          width: first.width * POINTS,
          height: first.height * POINTS,
          opacity: first.opacity ?? 1,
        } as const;
        return <Image key={i} src={{ data: first.jpeg, format: 'jpg' }} style={place} />;
      })}
    </Page>
  );
}

/** A page of true size for each side; text stays text. */
export async function toPdf(sides: readonly (readonly Element[])[], sheet: Sheet = CARD): Promise<Buffer> {
  for (const face of Object.keys(FONT_FILES) as Face[]) await fontFamily(face, [{ src: FONT_FILES[face] }]);
  return renderToBuffer(
    <Document title="SPECIMEN / نموذج" creator="Tajdid" producer="Tajdid">
      {sides.map((elements, i) => (
        <Side key={i} elements={elements} sheet={sheet} />
      ))}
    </Document>,
  );
}
