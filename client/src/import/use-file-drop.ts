import { useEffect, useRef, useState } from 'react';

/** Takes files that are dropped anywhere on the page. True while some are held over it. */
export function useFileDrop(onDrop: (transfer: DataTransfer) => void): boolean {
  const [isOver, setOver] = useState(false);
  const latest = useRef(onDrop);
  latest.current = onDrop;
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    const whenFiles = (act: (event: DragEvent) => void) => (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      // Without this the browser leaves the page and shows the file.
      event.preventDefault();
      act(event);
    };
    addEventListener(
      'dragenter',
      whenFiles(() => setOver(true)),
      { signal },
    );
    addEventListener(
      'dragover',
      whenFiles((event) => copies(event)),
      { signal },
    );
    // Only when the pointer leaves the window there is nothing that it comes to.
    addEventListener(
      'dragleave',
      whenFiles(({ relatedTarget }) => setOver(relatedTarget !== null)),
      { signal },
    );
    addEventListener(
      'drop',
      whenFiles((event) => {
        setOver(false);
        if (event.dataTransfer !== null) latest.current(event.dataTransfer);
      }),
      { signal },
    );
    return () => abort.abort();
  }, []);
  return isOver;
}

function copies({ dataTransfer }: DragEvent): void {
  if (dataTransfer !== null) dataTransfer.dropEffect = 'copy';
}
