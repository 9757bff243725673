"""The event log and its neighbours: the room where things are kept. It never knows what an event means."""
