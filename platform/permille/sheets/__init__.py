"""Lists of the Secretariat: holders of offices and candidates, read in from a file and taken along as one."""
