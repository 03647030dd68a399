"""What any program needs: errors, parallel work, digests. It knows no gazette."""
