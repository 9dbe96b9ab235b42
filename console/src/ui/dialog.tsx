import type { ReactNode } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useWords } from '../words';
import { Icon } from './icon';

export function Sheet({
  title,
  onClose,
  wide = false,
  locked = false,
  children,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly wide?: boolean;
  /** Something is under way that must not go on unseen: it cannot be closed now. */
  readonly locked?: boolean;
  readonly children: ReactNode;
}) {
  const { t } = useWords();
  return (
    <ModalOverlay
      className="overlay"
      isOpen
      isDismissable={!locked}
      isKeyboardDismissDisabled={locked}
      onOpenChange={(open) => !open && onClose()}
    >
      <Modal className={wide ? 'modal wide' : 'modal'}>
        <Dialog className="dialog">
          <header className="dialog-head">
            <Heading slot="title">{title}</Heading>
            <Button className="icon-button" aria-label={t('keys.close')} isDisabled={locked} onPress={onClose}>
              <Icon name="close" />
            </Button>
          </header>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
