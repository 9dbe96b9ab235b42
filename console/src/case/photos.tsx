import { useCallback, useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { image, Refused, type Evidence } from '../api/client';
import { onReconnect } from '../api/events';
import { date, moment } from '../format';
import { Sheet } from '../ui/dialog';
import { useWords } from '../words';

type Loaded =
  | { readonly is: 'loading' }
  | { readonly is: 'there'; readonly url: string }
  /** The API says that there is none: erased, or destroyed after its time. */
  | { readonly is: 'gone' }
  /** Nobody knows: it could not be read. */
  | { readonly is: 'failed' };

/** An image that only staff may see comes with the token, and so not by its address alone. */
function usePhoto(path: string | undefined): { readonly photo: Loaded; readonly again: () => void } {
  const [photo, setPhoto] = useState<Loaded>({ is: 'loading' });
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => setTurn((count) => count + 1), []);
  useEffect(() => {
    if (path === undefined) return;
    const abort = new AbortController();
    let url: string | undefined;
    setPhoto({ is: 'loading' });
    image(path, abort.signal).then(
      (made) => {
        url = made;
        if (abort.signal.aborted) URL.revokeObjectURL(made);
        else setPhoto({ is: 'there', url: made });
      },
      (error: unknown) => {
        if (!abort.signal.aborted)
          setPhoto({ is: error instanceof Refused && error.code === 'photo-not-kept' ? 'gone' : 'failed' });
      },
    );
    return () => {
      abort.abort();
      if (url) URL.revokeObjectURL(url);
    };
  }, [path, turn]);
  const failed = photo.is === 'failed';
  useEffect(() => (failed ? onReconnect(again) : undefined), [failed, again]);
  return { photo, again };
}

function Figure({
  photo,
  again,
  label,
  onEnlarge,
}: {
  readonly photo: Loaded;
  readonly again: () => void;
  readonly label: string;
  readonly onEnlarge: () => void;
}) {
  const { t } = useWords();
  return (
    <figure className="photo">
      {photo.is === 'there' ? (
        <Button className="photo-button" onPress={onEnlarge} aria-label={t('case.enlarge', { what: label })}>
          <img src={photo.url} alt={label} />
        </Button>
      ) : (
        <div className="photo-empty">
          {photo.is === 'gone' && <p>{t('case.photoMissing')}</p>}
          {photo.is === 'failed' && (
            <div role="status">
              <p>{t('case.photoFailed')}</p>
              <Button className="button small" onPress={again}>
                {t('state.retry')}
              </Button>
            </div>
          )}
        </div>
      )}
      <figcaption>{label}</figcaption>
    </figure>
  );
}

/** The photo beside the last one, alike in size; pressed, both as large as the screen lets them be. */
export function Photos({ evidence: { photo, lastPhoto } }: { readonly evidence: Evidence }) {
  const { t } = useWords();
  const [large, setLarge] = useState(false);
  const now = usePhoto(photo?.href);
  const last = usePhoto(lastPhoto?.href);
  if (!photo) return null;
  const labels = {
    now: `${t('case.photo')}${photo.uploadedAt ? ` · ${moment(photo.uploadedAt)}` : ''}`,
    last: lastPhoto ? `${t('case.lastPhoto')} · ${date(lastPhoto.takenOver)}` : '',
  };
  const enlarge = (): void => setLarge(true);
  return (
    <div className="photos">
      <Figure photo={now.photo} again={now.again} label={labels.now} onEnlarge={enlarge} />
      {lastPhoto ? (
        <Figure photo={last.photo} again={last.again} label={labels.last} onEnlarge={enlarge} />
      ) : (
        <p className="no-photo">{t('case.noLastPhoto')}</p>
      )}
      {large && (
        <Sheet title={t('case.comparePhotos')} onClose={() => setLarge(false)} wide>
          <div className="photos-large">
            {now.photo.is === 'there' && (
              <figure>
                <img src={now.photo.url} alt={labels.now} />
                <figcaption>{labels.now}</figcaption>
              </figure>
            )}
            {lastPhoto && last.photo.is === 'there' && (
              <figure>
                <img src={last.photo.url} alt={labels.last} />
                <figcaption>{labels.last}</figcaption>
              </figure>
            )}
          </div>
        </Sheet>
      )}
    </div>
  );
}
