import { render } from 'preact';
import { App } from './app.tsx';
import { ArrayStore } from './array-store.ts';

const root = document.getElementById('app');
if (root !== null) {
  const store = new ArrayStore();
  store.start();
  root.textContent = '';
  render(<App store={store} />, root);
}
