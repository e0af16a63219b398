import { useEffect, useRef, useState } from 'react';

/**
 * Takes files that are dropped anywhere on the page. True while some are held over it that would be taken.
 * @param onDrop `undefined` while none are taken: they are turned away, and do not make the browser leave the page
 */
export function useFileDrop(onDrop: ((transfer: DataTransfer) => void) | undefined): boolean {
  const [isOver, setOver] = useState(false);
  const latest = useRef(onDrop);
  latest.current = onDrop;
  useEffect(() => {
    const abort = new AbortController();
    const on = (type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', act: (event: FileDrag) => void): void => {
      const listen = (event: DragEvent): void => {
        if (!isFileDrag(event)) return;
        // Without this the browser leaves the page and shows the file.
        event.preventDefault();
        act(event);
      };
      addEventListener(type, listen, { signal: abort.signal });
    };
    on('dragenter', () => setOver(true));
    on('dragover', ({ dataTransfer }) => {
      dataTransfer.dropEffect = latest.current === undefined ? 'none' : 'copy';
    });
    // Only when the pointer leaves the window there is nothing that it comes to.
    on('dragleave', ({ relatedTarget }) => setOver(relatedTarget !== null));
    on('drop', ({ dataTransfer }) => {
      setOver(false);
      latest.current?.(dataTransfer);
    });
    return () => abort.abort();
  }, []);
  return isOver && onDrop !== undefined;
}

type FileDrag = DragEvent & { readonly dataTransfer: DataTransfer };

function isFileDrag(event: DragEvent): event is FileDrag {
  return event.dataTransfer?.types.includes('Files') === true;
}
