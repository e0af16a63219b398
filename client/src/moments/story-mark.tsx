import {
  ArrowLeftRight,
  Ban,
  ChevronsUp,
  Crown,
  Diamond,
  DoorClosed,
  DoorOpen,
  Flag,
  Gavel,
  Megaphone,
  Pause,
  Play,
  Swords,
  TriangleAlert,
  Trophy,
  X,
} from 'lucide-react';
import type { ReactElement } from 'react';
import type { StoryKind } from './moments-data.ts';

/** The mark of a kind of moment; its word stands beside it. */
export function StoryMark({ kind }: { readonly kind: StoryKind }): ReactElement {
  const Mark = markOf(kind);
  return <Mark size={13} strokeWidth={2.2} aria-hidden />;
}

function markOf(kind: StoryKind): typeof Flag {
  switch (kind) {
    case 'start':
      return Play;
    case 'lead-change':
    case 'lead-after-stops':
    case 'class-lead':
      return Crown;
    case 'overtake':
    case 'closing':
    case 'comeback':
      return ChevronsUp;
    case 'battle':
    case 'battle-over':
      return Swords;
    case 'stop':
    case 'undercut':
      return ArrowLeftRight;
    case 'fastest-lap':
      return Diamond;
    case 'retirement':
      return X;
    case 'did-not-start':
    case 'disqualification':
      return Ban;
    case 'incident':
      return TriangleAlert;
    case 'flag':
    case 'restart':
      return Flag;
    case 'penalty':
      return Gavel;
    case 'window-open':
      return DoorOpen;
    case 'window-shut':
      return DoorClosed;
    case 'chequered':
    case 'finish':
    case 'class-win':
    case 'title-needs':
    case 'title-decided':
      return Trophy;
    case 'phase':
      return Pause;
    case 'race-control-message':
      return Megaphone;
  }
}
