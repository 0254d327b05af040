//! What an engine's own catalogue says of the schema, in words that are the same for both engines.

use db::{Db, EngineKind, on, sqlx};
use std::collections::{BTreeMap, BTreeSet};

/// One line per column, key, reference and index column. Names of keys and references are left out, because SQLite
/// forgets them; those of unique constraints, which the code knows, are in lines of their own.
const SQLITE: [&str; 5] = [
    "select m.name || '.' || c.name || ' ' || case lower(c.type) when 'integer' then 'bigint' else lower(c.type) end \
     || case when c.\"notnull\" = 0 and c.pk = 0 then ' null' else '' end \
     || case when c.dflt_value is null then '' else ' default' end \
     from sqlite_master m join pragma_table_info(m.name) c \
     where m.type = 'table' and m.name not like 'sqlite_%' and m.name <> '_sqlx_migrations'",
    "select 'primary key ' || m.name || ' ' || c.pk || ' ' || c.name \
     from sqlite_master m join pragma_table_info(m.name) c \
     where m.type = 'table' and m.name not like 'sqlite_%' and m.name <> '_sqlx_migrations' and c.pk > 0",
    "select 'unique ' || m.name || ' (' || group_concat(c.name, ', ') || ')' \
     from sqlite_master m join pragma_index_list(m.name) i join pragma_index_info(i.name) c \
     where m.type = 'table' and i.origin = 'u' group by m.name, i.name",
    "select 'reference ' || m.name || '.' || f.\"from\" || ' to ' || f.\"table\" || ' on delete ' || lower(f.on_delete) \
     from sqlite_master m join pragma_foreign_key_list(m.name) f where m.type = 'table'",
    "select 'index ' || i.name || ' ' || (c.seqno + 1) || ' ' || m.name || '.' || c.name \
     || case i.\"unique\" when 1 then ' unique' else '' end || case i.partial when 1 then ' partial' else '' end \
     from sqlite_master m join pragma_index_list(m.name) i join pragma_index_info(i.name) c \
     where m.type = 'table' and i.origin = 'c'",
];

const POSTGRES: [&str; 5] = [
    "select table_name || '.' || column_name || ' ' || case data_type when 'uuid' then 'blob' when 'bytea' then 'blob' \
     else data_type end || case is_nullable when 'YES' then ' null' else '' end \
     || case when column_default is null then '' else ' default' end \
     from information_schema.columns where table_schema = 'public' and table_name <> '_sqlx_migrations'",
    "select 'primary key ' || t.relname || ' ' || k.n || ' ' || a.attname \
     from pg_constraint c join pg_class t on t.oid = c.conrelid \
     cross join lateral unnest(c.conkey) with ordinality as k(attnum, n) \
     join pg_attribute a on a.attrelid = t.oid and a.attnum = k.attnum \
     where c.contype = 'p' and c.connamespace = 'public'::regnamespace and t.relname <> '_sqlx_migrations'",
    "select 'unique ' || t.relname || ' (' || string_agg(a.attname::text, ', ' order by k.n) || ')' \
     from pg_constraint c join pg_class t on t.oid = c.conrelid \
     cross join lateral unnest(c.conkey) with ordinality as k(attnum, n) \
     join pg_attribute a on a.attrelid = t.oid and a.attnum = k.attnum \
     where c.contype = 'u' and c.connamespace = 'public'::regnamespace group by c.oid, t.relname",
    "select 'reference ' || t.relname || '.' || a.attname || ' to ' || f.relname || ' on delete ' \
     || case c.confdeltype when 'c' then 'cascade' when 'n' then 'set null' when 'r' then 'restrict' \
     else 'no action' end \
     from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_class f on f.oid = c.confrelid \
     join pg_attribute a on a.attrelid = t.oid and a.attnum = any (c.conkey) \
     where c.contype = 'f' and c.connamespace = 'public'::regnamespace",
    "select 'index ' || i.relname || ' ' || k.n || ' ' || t.relname || '.' || a.attname \
     || case when x.indisunique then ' unique' else '' end || case when x.indpred is null then '' else ' partial' end \
     from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid \
     cross join lateral unnest(x.indkey) with ordinality as k(attnum, n) \
     join pg_attribute a on a.attrelid = t.oid and a.attnum = k.attnum \
     where i.relnamespace = 'public'::regnamespace and t.relname <> '_sqlx_migrations' \
     and not exists (select 1 from pg_constraint c where c.conindid = i.oid and c.contype in ('p', 'u'))",
];

/// The whole schema.
pub(crate) async fn describe(db: &Db) -> BTreeSet<String> {
    let (queries, unique_names) = match db.kind() {
        EngineKind::Sqlite => (SQLITE, "select sql from sqlite_master where type = 'table'"),
        EngineKind::Postgres => (
            POSTGRES,
            "select 'constraint ' || conname || ' unique' from pg_constraint \
             where contype = 'u' and connamespace = 'public'::regnamespace",
        ),
    };
    let mut lines = BTreeSet::new();
    for query in queries {
        lines.extend(texts(db, query).await);
    }
    for text in texts(db, unique_names).await {
        lines.extend(named_unique(&text));
    }
    lines
}

/// The columns of every table, in their order.
pub(crate) async fn columns(db: &Db) -> BTreeMap<String, Vec<String>> {
    let query = match db.kind() {
        EngineKind::Sqlite => {
            "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c \
             where m.type = 'table' and m.name not like 'sqlite_%' and m.name <> '_sqlx_migrations' \
             order by m.name, c.cid"
        }
        EngineKind::Postgres => {
            "select table_name::text, column_name::text from information_schema.columns \
             where table_schema = 'public' and table_name <> '_sqlx_migrations' order by table_name, ordinal_position"
        }
    };
    let mut connection = db.read().await.unwrap();
    let found: Vec<(String, String)> =
        on!(&mut connection, c => sqlx::query_as(query).fetch_all(&mut *c).await.unwrap());
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, column) in found {
        tables.entry(table).or_default().push(column);
    }
    tables
}

async fn texts(db: &Db, query: &'static str) -> Vec<String> {
    let mut connection = db.read().await.unwrap();
    on!(&mut connection, c => sqlx::query_scalar(query).fetch_all(&mut *c).await.unwrap())
}

/// `constraint NAME unique` wherever it stands in the text.
fn named_unique(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let named = words.windows(3).filter(|words| words[0] == "constraint" && words[2] == "unique");
    named.map(|words| format!("constraint {}", words[1])).collect()
}
