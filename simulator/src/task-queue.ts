/** What is still to happen, earliest first; at the same time, first planned first. */
export type TaskQueue<T> = {
  push(atMs: number, task: T): void;
  /** Takes out the next task; `undefined` when nothing is left. */
  pop(): Planned<T> | undefined;
};

type Planned<T> = { readonly atMs: number; readonly order: number; readonly task: T };

/** A binary heap. */
export function createTaskQueue<T>(): TaskQueue<T> {
  const heap: Planned<T>[] = [];
  let pushed = 0;
  return {
    push(atMs, task) {
      heap.push({ atMs, order: pushed++, task });
      siftUp(heap);
    },
    pop() {
      const first = heap[0];
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) siftDown(heap, last);
      return first;
    },
  };
}

function isBefore(a: Planned<unknown>, b: Planned<unknown>): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

function siftUp<T>(heap: Planned<T>[]): void {
  let place = heap.length - 1;
  const planned = heap[place] as Planned<T>;
  while (place > 0) {
    const parent = (place - 1) >> 1;
    if (!isBefore(planned, heap[parent] as Planned<T>)) break;
    heap[place] = heap[parent] as Planned<T>;
    place = parent;
  }
  heap[place] = planned;
}

function siftDown<T>(heap: Planned<T>[], planned: Planned<T>): void {
  let place = 0;
  for (;;) {
    let child = 2 * place + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && isBefore(heap[child + 1] as Planned<T>, heap[child] as Planned<T>)) child++;
    if (!isBefore(heap[child] as Planned<T>, planned)) break;
    heap[place] = heap[child] as Planned<T>;
    place = child;
  }
  heap[place] = planned;
}
