/** Files out of a drop or a choice, folders included, each with its path. Nothing is read here: the worker does that. */

export type Gathered = { readonly path: string; readonly file: File };

/** What was dropped. The entries have to be taken before the first wait: afterwards the browser forgets them. */
export async function gatherDrop(transfer: DataTransfer): Promise<Gathered[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return gatherChosen(transfer.files);
  return (await Promise.all(entries.map((entry) => below(entry, "")))).flat();
}

/** What was chosen; a chosen folder brings its paths along. */
export function gatherChosen(files: FileList | null): Gathered[] {
  return [...(files ?? [])].map((file) => ({ path: file.webkitRelativePath === "" ? file.name : file.webkitRelativePath, file }));
}

async function below(entry: FileSystemEntry, prefix: string): Promise<Gathered[]> {
  const path = prefix + entry.name;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ path, file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Gathered[] = [];
  // A reader gives a folder in pieces of about a hundred, and an empty piece at the end.
  for (;;) {
    const piece = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (piece.length === 0) return found;
    for (const inner of piece) found.push(...(await below(inner, `${path}/`)));
  }
}
