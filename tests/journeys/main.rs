//! Journeys: the real executable, from a command line to what it prints, writes and exits with.
