-- Processes that share this database (PostgreSQL only; empty on SQLite). Each renews its row every few seconds. No time is stored:
-- the others see whether `beat` grows, by their own clocks.
CREATE TABLE nodes (
    id TEXT PRIMARY KEY,
    beat BIGINT NOT NULL,
    -- Grows when something in `pages` has changed.
    changes BIGINT NOT NULL,
    -- Which room server the node's calls are at. It must be the same one for all.
    rooms TEXT NOT NULL
);

-- Whose pages are open at which node. Gone with the node.
CREATE TABLE pages (
    node TEXT NOT NULL,
    who TEXT NOT NULL,
    PRIMARY KEY (node, who)
);
