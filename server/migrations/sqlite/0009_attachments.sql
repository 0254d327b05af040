-- The file that was sent with a message; none once the message is deleted.
alter table messages add column object_id blob references objects (id);

-- Serves whether somebody may see a file, and whether anything still uses it.
create index messages_object on messages (object_id) where object_id is not null;

-- The person's picture.
alter table accounts add column avatar_object_id blob references objects (id);

create index accounts_avatar on accounts (avatar_object_id) where avatar_object_id is not null;

-- A group's picture.
alter table conversations add column picture_object_id blob references objects (id);

create index conversations_picture on conversations (picture_object_id) where picture_object_id is not null;
