// The figures of one run: the release build beside the bare operations, and against its budgets.
// `node figures.mjs [extraction] [foundation] [grid] [postgres] [sqlite] [pages] [thread] [thumbnails] [uploads]` measures some of them.
import { measureExtraction } from './extraction.mjs';
import { measureFoundation } from './foundation.mjs';
import { measureGrid } from './grid.mjs';
import { measurePages } from './lighthouse.mjs';
import { measureMessengerOnPostgres, measureMessengerOnSqlite } from './messenger.mjs';
import { missedFigures } from './report.mjs';
import { measureThread } from './thread.mjs';
import { measureThumbnails } from './thumbnails.mjs';
import { measureUploads } from './uploads.mjs';

const parts = {
  foundation: measureFoundation,
  postgres: measureMessengerOnPostgres,
  sqlite: measureMessengerOnSqlite,
  pages: measurePages,
  thread: measureThread,
  grid: measureGrid,
  thumbnails: measureThumbnails,
  uploads: measureUploads,
  extraction: measureExtraction,
};

const wanted = process.argv.slice(2);
for (const name of wanted) if (!parts[name]) throw new Error(`no figures are called ${name}: ${Object.keys(parts).join(', ')}`);
for (const [name, measure] of Object.entries(parts)) if (wanted.length === 0 || wanted.includes(name)) await measure();
if (missedFigures().length > 0) console.log(`\nover budget: ${missedFigures().join('; ')}`);
