"""The live path: one room per conference, and the sockets of the people in it."""
