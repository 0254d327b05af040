-- When every text is to be looked at again, for what processes of an older version have written meanwhile; null once
-- they have written nothing more.
alter table search_foldings add column again_at bigint default 0;
