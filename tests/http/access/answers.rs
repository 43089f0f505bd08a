//! What everybody is answered, by kinds of routes. Each of the ten stands under its caller.

use super::rows::Answers;

//                                nobody         patient         another         guest           old device      unconfirmed     provider        colleague       front desk      admin
pub const ALL: Answers =             ["200",         "200",          "200",          "200",          "200",          "200",          "200",          "200",          "200",          "200"];
pub const NOT_FOUND: Answers =       ["404",         "404",          "404",          "404",          "404",          "404",          "404",          "404",          "404",          "404"];
pub const NOT_RIGHT: Answers =       ["422",         "422",          "422",          "422",          "422",          "422",          "422",          "422",          "422",          "422"];
pub const NO_SOCKET: Answers =       ["400",         "400",          "400",          "400",          "400",          "400",          "400",          "400",          "400",          "400"];
pub const TO_LINK: Answers =         ["303 /v",      "303 /v",       "303 /v",       "303 /v",       "303 /v",       "303 /v",       "303 /v",       "303 /v",       "303 /v",       "303 /v"];
pub const TO_LOG_IN: Answers =       ["303 /login",  "303 /login",   "303 /login",   "303 /login",   "303 /login",   "303 /login",   "303 /login",   "303 /login",   "303 /login",   "303 /login"];
pub const HEARD: Answers =           ["204",         "204",          "204",          "204",          "204",          "204",          "204",          "204",          "204",          "204"];
pub const LOG_IN_PAGE: Answers =     ["200",         "200",          "200",          "200",          "200",          "200",          "303 /clinic",  "303 /clinic",  "303 /clinic",  "303 /admin"];
pub const SEAT_PAGE: Answers =       ["303 /v?again","200",          "200",          "200",          "200",          "200",          "303 /v?again", "303 /v?again", "303 /v?again", "303 /v?again"];
pub const SEAT_DEED: Answers =       ["303 /v?again","303 /visit",   "303 /visit",   "303 /visit",   "303 /visit",   "303 /visit",   "303 /v?again", "303 /v?again", "303 /v?again", "303 /v?again"];
pub const SEAT_CANCELS: Answers =    ["303 /v?again","200",          "200",          "303 /visit",   "303 /visit",   "303 /visit",   "303 /v?again", "303 /v?again", "303 /v?again", "303 /v?again"];
pub const SEAT_UNSURE: Answers =     ["303 /v?again","303 /visit",   "303 /visit",   "303 /visit",   "303 /visit",   "422",          "303 /v?again", "303 /v?again", "303 /v?again", "303 /v?again"];
pub const SEAT_STREAM: Answers =     ["over",        "the visit",    "the visit",    "the visit",    "the visit",    "over",         "over",         "over",         "over",         "over"];
pub const SEAT_WISH: Answers =       ["401",         "200",          "409",          "409",          "401",          "401",          "401",          "401",          "401",          "401"];
pub const SEAT_DEVICES: Answers =    ["401",         "200",          "200",          "409",          "401",          "401",          "401",          "401",          "401",          "401"];
pub const SEAT_TICKET: Answers =     ["401",         "200",          "409",          "200",          "401",          "401",          "401",          "401",          "401",          "401"];
pub const SEAT_NO_TICKET: Answers =  ["401",         "409",          "409",          "409",          "401",          "401",          "401",          "401",          "401",          "401"];
pub const QUEUE_STREAM: Answers =    ["over",        "over",         "over",         "over",         "over",         "over",         "the queue",    "the queue",    "the queue",    "an empty queue"];
pub const DESK: Answers =            ["303 /login",  "303 /login",   "303 /login",   "303 /login",   "303 /login",   "303 /login",   "200",          "200",          "200",          "403"];
pub const DESK_WRONG: Answers =      ["303 /login",  "303 /login",   "303 /login",   "303 /login",   "303 /login",   "303 /login",   "422",          "422",          "422",          "403"];
pub const REPLAY: Answers =          ["303 /login",  "303 /login",   "303 /login",   "303 /login",   "303 /login",   "303 /login",   "200",          "403",          "200",          "403"];
pub const ERASES: Answers =          ["303 /login",  "303 /login",   "303 /login",   "303 /login",   "303 /login",   "303 /login",   "422",          "422",          "200",          "403"];
pub const ADMIN: Answers =           ["303 /login",  "303 /login",   "303 /login",   "303 /login",   "303 /login",   "303 /login",   "403",          "403",          "403",          "200"];
pub const STAFF: Answers =           ["303 /login",  "303 /login",   "303 /login",   "303 /login",   "303 /login",   "303 /login",   "200",          "200",          "200",          "200"];
pub const STAFF_WRONG: Answers =     ["303 /login",  "303 /login",   "303 /login",   "303 /login",   "303 /login",   "303 /login",   "422",          "422",          "422",          "422"];
pub const STAFF_WISH: Answers =      ["401",         "401",          "401",          "401",          "401",          "401",          "200",          "200",          "200",          "200"];
pub const PROVIDER_WISH: Answers =   ["401",         "401",          "401",          "401",          "401",          "401",          "200",          "409",          "409",          "409"];
pub const COLLEAGUE_WISH: Answers =  ["401",         "401",          "401",          "401",          "401",          "401",          "409",          "200",          "409",          "409"];
pub const NOBODYS_WISH: Answers =    ["401",         "401",          "401",          "401",          "401",          "401",          "409",          "409",          "409",          "409"];
pub const DESK_WISH: Answers =       ["401",         "401",          "401",          "401",          "401",          "401",          "200",          "200",          "200",          "409"];
