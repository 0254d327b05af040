insert into search_foldings (version) values (1);
