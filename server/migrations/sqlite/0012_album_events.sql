-- Of events about an album: which. What each receiver sees of it is read when the event is sent.
alter table events add column album_id blob;
