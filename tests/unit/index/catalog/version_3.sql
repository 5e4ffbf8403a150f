BEGIN TRANSACTION;
CREATE TABLE alias_parts (
	part TEXT NOT NULL, 
	folded TEXT NOT NULL, 
	PRIMARY KEY (part, folded)
)
 WITHOUT ROWID

;
INSERT INTO "alias_parts" VALUES('12.0.isma','ismail demir');
INSERT INTO "alias_parts" VALUES('12.1.il d','ismail demir');
INSERT INTO "alias_parts" VALUES('12.2.emir','ismail demir');
INSERT INTO "alias_parts" VALUES('5.0.o','other');
INSERT INTO "alias_parts" VALUES('5.0.s','s 400');
INSERT INTO "alias_parts" VALUES('5.1. 4','s 400');
INSERT INTO "alias_parts" VALUES('5.1.th','other');
INSERT INTO "alias_parts" VALUES('5.2.00','s 400');
INSERT INTO "alias_parts" VALUES('5.2.er','other');
INSERT INTO "alias_parts" VALUES('6.0.an','ankara');
INSERT INTO "alias_parts" VALUES('6.0.mo','moscow');
INSERT INTO "alias_parts" VALUES('6.0.s ','s 400s');
INSERT INTO "alias_parts" VALUES('6.1.40','s 400s');
INSERT INTO "alias_parts" VALUES('6.1.ka','ankara');
INSERT INTO "alias_parts" VALUES('6.1.sc','moscow');
INSERT INTO "alias_parts" VALUES('6.2.0s','s 400s');
INSERT INTO "alias_parts" VALUES('6.2.ow','moscow');
INSERT INTO "alias_parts" VALUES('6.2.ra','ankara');
CREATE TABLE alias_starts (
	start TEXT NOT NULL, 
	folded TEXT NOT NULL, 
	PRIMARY KEY (start, folded)
)
 WITHOUT ROWID

;
INSERT INTO "alias_starts" VALUES('400','s 400');
INSERT INTO "alias_starts" VALUES('400s','s 400s');
INSERT INTO "alias_starts" VALUES('demir','ismail demir');
CREATE TABLE aliases (
	entity TEXT NOT NULL, 
	text TEXT NOT NULL, 
	folded TEXT NOT NULL, 
	mentions INTEGER NOT NULL, 
	PRIMARY KEY (entity, text), 
	FOREIGN KEY(entity) REFERENCES entities (id)
)
 WITHOUT ROWID

;
INSERT INTO "aliases" VALUES('ankara','Ankara','ankara',1);
INSERT INTO "aliases" VALUES('ankara','Other','other',0);
INSERT INTO "aliases" VALUES('ismail-demir','Ismail Demir','ismail demir',1);
INSERT INTO "aliases" VALUES('ismail-demir','Other','other',0);
INSERT INTO "aliases" VALUES('ismail-demir','İsmail Demir','ismail demir',1);
INSERT INTO "aliases" VALUES('moscow','Moscow','moscow',1);
INSERT INTO "aliases" VALUES('moscow','Other','other',0);
INSERT INTO "aliases" VALUES('s-400','Other','other',0);
INSERT INTO "aliases" VALUES('s-400','S 400','s 400',0);
INSERT INTO "aliases" VALUES('s-400','S-400s','s 400s',1);
CREATE TABLE amounts (
	article INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	currency TEXT, 
	value TEXT, 
	upper TEXT, 
	approximate BOOLEAN NOT NULL, 
	PRIMARY KEY (article, start), 
	FOREIGN KEY(article) REFERENCES articles (number)
)
 WITHOUT ROWID

;
INSERT INTO "amounts" VALUES(1,41,'USD','2500000000.00','3E+9',1);
CREATE TABLE appearances (
	name INTEGER NOT NULL, 
	article INTEGER NOT NULL, 
	spelling INTEGER NOT NULL, 
	mentions INTEGER NOT NULL, 
	PRIMARY KEY (name, article, spelling), 
	FOREIGN KEY(name) REFERENCES names (id), 
	FOREIGN KEY(article) REFERENCES articles (number), 
	FOREIGN KEY(spelling) REFERENCES spellings (id)
)
 WITHOUT ROWID

;
INSERT INTO "appearances" VALUES(1,1,1,1);
INSERT INTO "appearances" VALUES(1,2,1,1);
INSERT INTO "appearances" VALUES(2,1,2,1);
INSERT INTO "appearances" VALUES(3,2,3,1);
INSERT INTO "appearances" VALUES(4,2,4,1);
CREATE TABLE articles (
	number INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	locator TEXT NOT NULL, 
	file TEXT NOT NULL, 
	content_hash TEXT NOT NULL, 
	extraction INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	title_start INTEGER, 
	title_end INTEGER, 
	title_is_derived BOOLEAN NOT NULL, 
	source TEXT, 
	byline TEXT, 
	language TEXT, 
	url TEXT, 
	published_start TEXT, 
	published_end TEXT, 
	published_precision TEXT, 
	published_value TEXT, 
	published_approximate BOOLEAN NOT NULL, 
	published_anchor TEXT, 
	published_origin TEXT, 
	furniture TEXT NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (number), 
	UNIQUE (id), 
	FOREIGN KEY(extraction) REFERENCES texts (id)
);
INSERT INTO "articles" VALUES(1,'ankara','news/ankara.txt','news/ankara.txt','e7e52353ad573d78e1b01c5d1659de9d96d90d864334cff9b9fbd57b98eea2ac',1,'Ismail Demir spoke in Ankara',0,28,0,'Example Times','A. Writer','en','https://example.org/ankara','2019-07-12','2019-07-12','day','2019-07-12',0,NULL,'front matter date','[[63,75,"menu"]]','Ismail Demir spoke in Ankara. Demir paid $2.5 billion in 2019. Menu: Moscow');
INSERT INTO "articles" VALUES(2,'moscow','news/moscow.txt','news/moscow.txt','cd0f66b2351625dce9fab9e4f1f4a95c3e76e327faa4ac1247ae89ba3eb28fcb',1,'Moscow sold S-400s',NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'[]','Moscow sold S-400s. İsmail Demir said so.');
INSERT INTO "articles" VALUES(3,'quiet','news/quiet.txt','news/quiet.txt','2b162005f30f2c82d7cf8cfd89cc44c10d089ead1312883e322bd7070f32e1c1',1,'Nothing happened anywhere',NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL,'[]','Nothing happened anywhere.');
CREATE TABLE assignments (
	name INTEGER NOT NULL, 
	entity TEXT NOT NULL, 
	ground INTEGER NOT NULL, 
	PRIMARY KEY (name), 
	FOREIGN KEY(name) REFERENCES names (id), 
	FOREIGN KEY(entity) REFERENCES entities (id), 
	FOREIGN KEY(ground) REFERENCES grounds (id)
);
INSERT INTO "assignments" VALUES(1,'ismail-demir',2);
INSERT INTO "assignments" VALUES(2,'ankara',3);
INSERT INTO "assignments" VALUES(3,'moscow',4);
INSERT INTO "assignments" VALUES(4,'s-400',5);
CREATE TABLE decisions (
	id INTEGER NOT NULL, 
	decided TEXT NOT NULL, 
	action TEXT NOT NULL, 
	arguments TEXT NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE definitions (
	article INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	short_key TEXT NOT NULL, 
	long_key TEXT NOT NULL, 
	PRIMARY KEY (article, kind, short_key, long_key), 
	FOREIGN KEY(article) REFERENCES articles (number)
)
 WITHOUT ROWID

;
CREATE TABLE entities (
	id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	name TEXT NOT NULL, 
	folded TEXT NOT NULL, 
	reference TEXT, 
	description TEXT, 
	given TEXT NOT NULL, 
	documents INTEGER NOT NULL, 
	mentions INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "entities" VALUES('ankara','places','Ankara','ankara',NULL,NULL,'["Other"]',1,1);
INSERT INTO "entities" VALUES('ismail-demir','people','Ismail Demir','ismail demir',NULL,NULL,'["Other"]',2,2);
INSERT INTO "entities" VALUES('moscow','places','Moscow','moscow',NULL,NULL,'["Other"]',1,1);
INSERT INTO "entities" VALUES('s-400','systems','S 400','s 400',NULL,NULL,'["Other"]',1,1);
CREATE TABLE failures (
	locator TEXT NOT NULL, 
	file TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	message TEXT NOT NULL, 
	hint TEXT NOT NULL, 
	met TEXT NOT NULL, 
	run INTEGER NOT NULL, 
	PRIMARY KEY (locator)
);
CREATE TABLE forms (
	name INTEGER NOT NULL, 
	text INTEGER NOT NULL, 
	uses INTEGER NOT NULL, 
	mentions INTEGER NOT NULL, 
	PRIMARY KEY (name, text), 
	FOREIGN KEY(name) REFERENCES names (id), 
	FOREIGN KEY(text) REFERENCES texts (id)
)
 WITHOUT ROWID

;
INSERT INTO "forms" VALUES(1,2,1,1);
INSERT INTO "forms" VALUES(1,8,1,1);
INSERT INTO "forms" VALUES(2,3,1,1);
INSERT INTO "forms" VALUES(3,6,1,1);
INSERT INTO "forms" VALUES(4,7,1,1);
CREATE TABLE grounds (
	id INTEGER NOT NULL, 
	rule TEXT NOT NULL, 
	evidence TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (rule, evidence)
);
INSERT INTO "grounds" VALUES(1,'name','the name as it is written');
INSERT INTO "grounds" VALUES(2,'folded name','“ismail demir”');
INSERT INTO "grounds" VALUES(3,'folded name','“ankara”');
INSERT INTO "grounds" VALUES(4,'folded name','“moscow”');
INSERT INTO "grounds" VALUES(5,'folded name','“s 400”');
CREATE TABLE intervals (
	article INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	first TEXT, 
	last TEXT, 
	precision TEXT NOT NULL, 
	value TEXT, 
	approximate BOOLEAN NOT NULL, 
	anchor TEXT, 
	PRIMARY KEY (article, start), 
	FOREIGN KEY(article) REFERENCES articles (number)
)
 WITHOUT ROWID

;
INSERT INTO "intervals" VALUES(1,57,'2019-01-01','2019-12-31','year','2019',0,NULL);
CREATE TABLE mentions (
	article INTEGER NOT NULL, 
	start INTEGER NOT NULL, 
	"end" INTEGER NOT NULL, 
	text INTEGER NOT NULL, 
	origin INTEGER NOT NULL, 
	in_furniture BOOLEAN NOT NULL, 
	in_story BOOLEAN NOT NULL, 
	name INTEGER, 
	ground INTEGER, 
	PRIMARY KEY (article, start), 
	FOREIGN KEY(article) REFERENCES articles (number), 
	FOREIGN KEY(text) REFERENCES texts (id), 
	FOREIGN KEY(origin) REFERENCES origins (id), 
	FOREIGN KEY(name) REFERENCES names (id), 
	FOREIGN KEY(ground) REFERENCES grounds (id)
)
 WITHOUT ROWID

;
INSERT INTO "mentions" VALUES(1,0,12,2,1,0,1,1,1);
INSERT INTO "mentions" VALUES(1,22,28,3,2,0,1,2,1);
INSERT INTO "mentions" VALUES(1,41,53,4,3,0,1,NULL,NULL);
INSERT INTO "mentions" VALUES(1,57,61,5,4,0,1,NULL,NULL);
INSERT INTO "mentions" VALUES(2,0,6,6,2,0,1,3,1);
INSERT INTO "mentions" VALUES(2,12,18,7,5,0,1,4,1);
INSERT INTO "mentions" VALUES(2,20,32,8,1,0,1,1,1);
CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('schema_version','3');
INSERT INTO "meta" VALUES('resolution','r1');
CREATE TABLE names (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (kind, "key")
);
INSERT INTO "names" VALUES(1,'people','ismail demir');
INSERT INTO "names" VALUES(2,'places','ankara');
INSERT INTO "names" VALUES(3,'places','moscow');
INSERT INTO "names" VALUES(4,'systems','s 400');
CREATE TABLE origins (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	component TEXT NOT NULL, 
	evidence TEXT NOT NULL, 
	reference TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (kind, component, evidence, reference)
);
INSERT INTO "origins" VALUES(1,'people','gazetteer','pack core: people','');
INSERT INTO "origins" VALUES(2,'places','gazetteer','pack core: places','');
INSERT INTO "origins" VALUES(3,'amounts','gazetteer','pack core: amounts','');
INSERT INTO "origins" VALUES(4,'dates','gazetteer','pack core: dates','');
INSERT INTO "origins" VALUES(5,'systems','gazetteer','pack core: systems','');
CREATE TABLE pending (
	id TEXT NOT NULL, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID

;
INSERT INTO "pending" VALUES('ankara');
INSERT INTO "pending" VALUES('moscow');
INSERT INTO "pending" VALUES('quiet');
CREATE TABLE redirects (
	old TEXT NOT NULL, 
	current TEXT NOT NULL, 
	PRIMARY KEY (old)
)
 WITHOUT ROWID

;
CREATE TABLE runs (
	id INTEGER NOT NULL, 
	started TEXT NOT NULL, 
	finished TEXT, 
	read INTEGER NOT NULL, 
	added INTEGER NOT NULL, 
	changed INTEGER NOT NULL, 
	unchanged INTEGER NOT NULL, 
	removed INTEGER NOT NULL, 
	failed INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "runs" VALUES(1,'2026-01-01T00:00:00+00:00','2026-01-01T00:00:00+00:00',3,3,0,0,0,0);
CREATE TABLE sources (
	locator TEXT NOT NULL, 
	size INTEGER NOT NULL, 
	modified FLOAT NOT NULL, 
	reading TEXT NOT NULL, 
	articles INTEGER NOT NULL, 
	failures INTEGER NOT NULL, 
	PRIMARY KEY (locator)
)
 WITHOUT ROWID

;
CREATE TABLE spellings (
	id INTEGER NOT NULL, 
	name INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	reference TEXT NOT NULL, 
	uses INTEGER NOT NULL, 
	documents INTEGER NOT NULL, 
	mentions INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name, text, reference), 
	FOREIGN KEY(name) REFERENCES names (id)
);
INSERT INTO "spellings" VALUES(1,1,'Ismail Demir','',2,2,2);
INSERT INTO "spellings" VALUES(2,2,'Ankara','',1,1,1);
INSERT INTO "spellings" VALUES(3,3,'Moscow','',1,1,1);
INSERT INTO "spellings" VALUES(4,4,'S 400','',1,1,1);
CREATE TABLE stale_names (
	name INTEGER NOT NULL, 
	PRIMARY KEY (name)
);
CREATE TABLE texts (
	id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (text)
);
INSERT INTO "texts" VALUES(1,'v1');
INSERT INTO "texts" VALUES(2,'Ismail Demir');
INSERT INTO "texts" VALUES(3,'Ankara');
INSERT INTO "texts" VALUES(4,'$2.5 billion');
INSERT INTO "texts" VALUES(5,'2019');
INSERT INTO "texts" VALUES(6,'Moscow');
INSERT INTO "texts" VALUES(7,'S-400s');
INSERT INTO "texts" VALUES(8,'İsmail Demir');
CREATE INDEX entities_popular ON entities (documents DESC, id);
CREATE INDEX entities_mentions ON entities (kind, mentions DESC, id);
CREATE INDEX entities_documents ON entities (kind, documents DESC, id);
CREATE INDEX entities_folded ON entities (kind, folded, id);
CREATE INDEX articles_published ON articles (published_start, published_end);
CREATE INDEX articles_url ON articles (url);
CREATE INDEX articles_locator ON articles (locator);
CREATE INDEX articles_file ON articles (file);
CREATE INDEX assignments_entity ON assignments (entity);
CREATE INDEX aliases_folded ON aliases (folded);
COMMIT;
