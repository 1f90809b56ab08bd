import { saveStatus } from "@/components/worksheet/saving/save-summary";
import type { WorksheetSaver } from "@/components/worksheet/saving/worksheet-saver";
import type { PartKey } from "@/lib/domain/worksheet/sections";

/**
 * Saves everything and resolves to true once the server has it, to false when something stands in the
 * way that will not pass by itself or too much time went by (10 s).
 */
export function whenSaved(saver: WorksheetSaver): Promise<boolean> {
  saver.flushAll();
  return new Promise((resolve) => {
    const end = (saved: boolean) => {
      stop();
      clearTimeout(timer);
      resolve(saved);
    };
    const look = () => {
      const waiting = saver.unsaved();
      if (waiting.length === 0) return end(true);
      if (waiting.some((key: PartKey) => !["saving", "unsaved"].includes(saveStatus(saver.state(key))))) end(false);
    };
    const stop = saver.subscribe(look);
    const timer = setTimeout(() => end(false), 10_000);
    look();
  });
}
