/* Files that are dropped on a page, also those of a folder. */

function read(entry) {
  return new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });
}

async function inside(folder) {
  const reader = folder.createReader();
  const found = [];
  for (;;) {
    // a reader gives a hundred at a time
    const some = await new Promise((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (!some.length) return found;
    found.push(...some);
  }
}

async function files(entry) {
  if (entry.isFile) return [await read(entry)];
  const found = [];
  for (const one of await inside(entry)) if (!one.name.startsWith(".")) found.push(...(await files(one)));
  return found;
}

export async function dropped(transfer) {
  // the entries are gone after the event: they are asked for before anything is awaited
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.some((entry) => entry.isDirectory)) return [...transfer.files];
  return (await Promise.all(entries.map(files))).flat();
}
