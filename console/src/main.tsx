import { createRoot } from 'react-dom/client';
import { App } from './app';
import '@fontsource/ibm-plex-sans-arabic/arabic-400.css';
import '@fontsource/ibm-plex-sans-arabic/arabic-600.css';
import '@fontsource/ibm-plex-sans-arabic/latin-400.css';
import '@fontsource/ibm-plex-sans-arabic/latin-600.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/queue.css';
import './styles/case.css';
import './styles/family.css';
import './styles/dialog.css';
import './styles/pages.css';

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
