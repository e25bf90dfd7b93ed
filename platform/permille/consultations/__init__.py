"""Consultations: the Secretariat asks others about the candidates for a seat, and a panel reads the answers."""
