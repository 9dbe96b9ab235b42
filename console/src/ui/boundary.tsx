import { Component, type ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { t } from '../words';
import { Icon } from './icon';

interface Props {
  /** Another place is another try. */
  readonly at: string;
  readonly children: ReactNode;
}

/** What goes wrong on one page leaves the rest of the console standing. */
export class Boundary extends Component<Props, { readonly broken: boolean; readonly at: string }> {
  override state = { broken: false, at: this.props.at };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  static getDerivedStateFromProps({ at }: Props, before: { at: string }): { broken: boolean; at: string } | null {
    return at === before.at ? null : { broken: false, at };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <div className="empty" role="alert">
        <Icon name="alert" />
        <h2>{t('state.broken')}</h2>
        <p>{t('state.brokenText')}</p>
        <Button className="button" onPress={() => this.setState({ broken: false })}>
          {t('state.retry')}
        </Button>
      </div>
    );
  }
}
