-- What the camera wrote into a photo, as JSON.
alter table objects add column exif text;

-- Collections of photos.
create table albums (
    id blob primary key not null,
    owner_id bigint not null references accounts (id),
    title text not null,
    -- Empty when nothing was written.
    description text not null,
    -- Title and description as the search compares them.
    search_text text not null,
    -- The photo that stands for it; without one, or once that is gone, the first.
    cover_photo_id blob,
    created_at bigint not null,
    -- When it or its photos were last changed.
    updated_at bigint not null,
    -- Out of reach from then on; thrown away when deleting can no longer be undone.
    deleted_at bigint
);

-- Serves the albums of a person.
create index albums_owner on albums (owner_id);
-- Serves throwing deleted albums away.
create index albums_deleted on albums (deleted_at) where deleted_at is not null;

-- People with whom an album is shared.
create table album_members (
    album_id blob not null references albums (id) on delete cascade,
    account_id bigint not null references accounts (id),
    -- 1 looks, 2 adds photos.
    role bigint not null,
    created_at bigint not null,
    constraint album_members_pkey primary key (album_id, account_id)
);

-- Serves the albums that are shared with a person.
create index album_members_account on album_members (account_id, album_id);

-- Conversations with whose participants, whoever they are at the time, an album is shared.
create table album_conversations (
    album_id blob not null references albums (id) on delete cascade,
    conversation_id bigint not null references conversations (id) on delete cascade,
    -- 1 looks, 2 adds photos.
    role bigint not null,
    created_at bigint not null,
    constraint album_conversations_pkey primary key (album_id, conversation_id)
);

-- Serves the albums that are shared with the conversations of a person.
create index album_conversations_conversation on album_conversations (conversation_id, album_id);

create table photos (
    id blob primary key not null,
    album_id blob not null references albums (id) on delete cascade,
    -- The file; copies in other albums share it.
    object_id blob not null references objects (id),
    -- Of the file's bytes, in base64: an album has no file twice.
    sha256 text not null,
    added_by bigint not null references accounts (id),
    -- Empty when none was given, like the description.
    title text not null,
    description text not null,
    -- Title, description, tags and file name as the search compares them.
    search_text text not null,
    -- The title, else the file name, as the order by title compares it.
    sort_title text not null,
    created_at bigint not null,
    -- When title, description or tags were last changed.
    updated_at bigint not null,
    -- From the camera's clock, else when it was added.
    taken_at bigint not null,
    -- Out of reach from then on; thrown away when deleting can no longer be undone.
    deleted_at bigint
);

-- Keeps the same file from being in an album twice.
create unique index photos_album_sha256_key on photos (album_id, sha256) where deleted_at is null;
-- Each serves one order of an album's photos; the first also its cover and their number.
create index photos_taken on photos (album_id, taken_at, id) where deleted_at is null;
create index photos_added on photos (album_id, created_at, id) where deleted_at is null;
create index photos_title on photos (album_id, sort_title, id) where deleted_at is null;
-- Serves throwing a deleted album's photos away.
create index photos_album on photos (album_id);
-- Serves throwing deleted photos away.
create index photos_deleted on photos (deleted_at) where deleted_at is not null;
-- Serves who may see a file, and whether anything else still needs it.
create index photos_object on photos (object_id);
-- Serves taking a person's photos away.
create index photos_added_by on photos (added_by);

create table photo_tags (
    photo_id blob not null references photos (id) on delete cascade,
    tag text not null,
    -- As the search for tags compares it.
    search_tag text not null,
    constraint photo_tags_pkey primary key (photo_id, tag)
);
