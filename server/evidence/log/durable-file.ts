/** Files that survive a power cut: written beside, flushed, renamed, and the folder flushed. */
import { mkdir, open, rename } from "node:fs/promises";
import { dirname } from "node:path";

export async function writeDurable(path: string, bytes: Uint8Array | string, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const side = `${path}.writing`;
  const file = await open(side, "w", mode);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(side, path);
  const folder = await open(dirname(path), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
