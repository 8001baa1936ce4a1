/** The unfinished upload of one lot in the browser's IndexedDB, which can hold a CryptoKey that no script can read. */
import type { UnfinishedUpload, UploadStore } from "./upload-ledger.ts";

const DATABASE = "egret-sealing";
const STORE = "unfinished";

export function openIndexedDbStore(lotId: string, factory: IDBFactory = indexedDB): UploadStore {
  const run = async <T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
    const database = await open(factory);
    try {
      const transaction = database.transaction(STORE, mode);
      const result = settled(work(transaction.objectStore(STORE)));
      await completed(transaction);
      return await result;
    } finally {
      database.close();
    }
  };
  return {
    load: () => run<UnfinishedUpload | undefined>("readonly", (store) => store.get(lotId)),
    save: async (upload) => void (await run("readwrite", (store) => store.put(upload, lotId))),
    clear: () => run<undefined>("readwrite", (store) => store.delete(lotId)),
  };
}

function open(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return settled(request);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}
