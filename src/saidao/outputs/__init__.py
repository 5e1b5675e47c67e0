"""What people see: messages in their language, tables in the format they ask for."""
