// Written by `npm run contracts -- build`; `npm run contracts -- check` compares it with contracts/src.

export const subscriptionsAbi = [
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "mandateHash",
        "type": "bytes32"
      },
      {
        "internalType": "enum ChargeFailure",
        "name": "reason",
        "type": "uint8"
      }
    ],
    "name": "ChargeRefused",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "feeBps",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maxFeeBps",
        "type": "uint256"
      }
    ],
    "name": "FeeTooHigh",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "gasLeft",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "needed",
        "type": "uint256"
      }
    ],
    "name": "GasTooLow",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "string",
        "name": "member",
        "type": "string"
      }
    ],
    "name": "MandateInvalid",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "limit",
        "type": "uint256"
      }
    ],
    "name": "MaximumTooLarge",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "sender",
        "type": "address"
      }
    ],
    "name": "NotExecutor",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "sender",
        "type": "address"
      }
    ],
    "name": "NotSubscriber",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "feeBps",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "maxFeeBps",
        "type": "uint256"
      }
    ],
    "name": "OrganizationFeeTooHigh",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "token",
        "type": "address"
      },
      {
        "internalType": "address",
        "name": "to",
        "type": "address"
      },
      {
        "internalType": "uint256",
        "name": "amount",
        "type": "uint256"
      }
    ],
    "name": "PayoutFailed",
    "type": "error"
  },
  {
    "inputs": [],
    "name": "Reentered",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "uint256",
        "name": "deadline",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "timestamp",
        "type": "uint256"
      }
    ],
    "name": "SignatureExpired",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "signer",
        "type": "address"
      }
    ],
    "name": "SignatureInvalid",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "mandateHash",
        "type": "bytes32"
      },
      {
        "internalType": "enum MandateStatus",
        "name": "status",
        "type": "uint8"
      }
    ],
    "name": "WrongStatus",
    "type": "error"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "mandateHash",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "bytes16",
        "name": "uuid",
        "type": "bytes16"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "subscriber",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "address",
        "name": "merchant",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "address",
        "name": "token",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "maxPerPeriod",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "priceMicroUsd",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "firstChargeAt",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "endsAt",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "nonce",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "bytes32",
        "name": "planHash",
        "type": "bytes32"
      }
    ],
    "name": "Activated",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "mandateHash",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "bytes16",
        "name": "uuid",
        "type": "bytes16"
      },
      {
        "indexed": false,
        "internalType": "address",
        "name": "by",
        "type": "address"
      }
    ],
    "name": "Cancelled",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "mandateHash",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "bytes16",
        "name": "uuid",
        "type": "bytes16"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "period",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "enum ChargeFailure",
        "name": "reason",
        "type": "uint8"
      }
    ],
    "name": "ChargeFailed",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "mandateHash",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "bytes16",
        "name": "uuid",
        "type": "bytes16"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "period",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "amount",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "fee",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "organizationFee",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "executionFee",
        "type": "uint256"
      }
    ],
    "name": "Charged",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "address",
        "name": "merchant",
        "type": "address"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "token",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "group",
        "type": "uint256"
      },
      {
        "indexed": false,
        "internalType": "bytes",
        "name": "reason",
        "type": "bytes"
      }
    ],
    "name": "GroupFailed",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "mandateHash",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "bytes16",
        "name": "uuid",
        "type": "bytes16"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "MaximumSet",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "bytes32",
        "name": "mandateHash",
        "type": "bytes32"
      },
      {
        "indexed": true,
        "internalType": "bytes16",
        "name": "uuid",
        "type": "bytes16"
      },
      {
        "indexed": false,
        "internalType": "enum MandateStatus",
        "name": "status",
        "type": "uint8"
      },
      {
        "indexed": false,
        "internalType": "uint256",
        "name": "lastPeriod",
        "type": "uint256"
      }
    ],
    "name": "Stopped",
    "type": "event"
  },
  {
    "inputs": [],
    "name": "DOMAIN_SEPARATOR",
    "outputs": [
      {
        "internalType": "bytes32",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "MAX_FEE_BPS",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "MAX_ORGANIZATION_FEE_BPS",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "components": [
              {
                "internalType": "address",
                "name": "merchant",
                "type": "address"
              },
              {
                "internalType": "address",
                "name": "token",
                "type": "address"
              },
              {
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "organization",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "organizationFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          }
        ],
        "internalType": "struct Mandate",
        "name": "mandate",
        "type": "tuple"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      }
    ],
    "name": "activate",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "components": [
              {
                "internalType": "address",
                "name": "merchant",
                "type": "address"
              },
              {
                "internalType": "address",
                "name": "token",
                "type": "address"
              },
              {
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "organization",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "organizationFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          }
        ],
        "internalType": "struct Mandate",
        "name": "mandate",
        "type": "tuple"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      },
      {
        "components": [
          {
            "internalType": "uint8",
            "name": "kind",
            "type": "uint8"
          },
          {
            "internalType": "uint256",
            "name": "value",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "deadline",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "expiration",
            "type": "uint256"
          },
          {
            "internalType": "bytes",
            "name": "signature",
            "type": "bytes"
          }
        ],
        "internalType": "struct TokenAllowance",
        "name": "allowance",
        "type": "tuple"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "period",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "feeBps",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "executionFee",
            "type": "uint256"
          },
          {
            "internalType": "bool",
            "name": "viaPermit2",
            "type": "bool"
          }
        ],
        "internalType": "struct Charge",
        "name": "first",
        "type": "tuple"
      }
    ],
    "name": "activateAndCharge",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "components": [
              {
                "internalType": "address",
                "name": "merchant",
                "type": "address"
              },
              {
                "internalType": "address",
                "name": "token",
                "type": "address"
              },
              {
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "organization",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "organizationFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          }
        ],
        "internalType": "struct Mandate",
        "name": "mandate",
        "type": "tuple"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      },
      {
        "components": [
          {
            "internalType": "uint8",
            "name": "kind",
            "type": "uint8"
          },
          {
            "internalType": "uint256",
            "name": "value",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "deadline",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "expiration",
            "type": "uint256"
          },
          {
            "internalType": "bytes",
            "name": "signature",
            "type": "bytes"
          }
        ],
        "internalType": "struct TokenAllowance",
        "name": "allowance",
        "type": "tuple"
      }
    ],
    "name": "activateWithPermit",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          }
        ],
        "internalType": "struct MandateHead",
        "name": "head",
        "type": "tuple"
      },
      {
        "internalType": "bytes32",
        "name": "planHash",
        "type": "bytes32"
      }
    ],
    "name": "cancel",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "components": [
              {
                "internalType": "address",
                "name": "merchant",
                "type": "address"
              },
              {
                "internalType": "address",
                "name": "token",
                "type": "address"
              },
              {
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "organization",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "organizationFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          }
        ],
        "internalType": "struct Mandate",
        "name": "mandate",
        "type": "tuple"
      }
    ],
    "name": "cancelFor",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          }
        ],
        "internalType": "struct MandateHead",
        "name": "head",
        "type": "tuple"
      },
      {
        "internalType": "bytes32",
        "name": "planHash",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "deadline",
        "type": "uint256"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      }
    ],
    "name": "cancelSigned",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "components": [
              {
                "internalType": "address",
                "name": "merchant",
                "type": "address"
              },
              {
                "internalType": "address",
                "name": "token",
                "type": "address"
              },
              {
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "organization",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "organizationFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          }
        ],
        "internalType": "struct Mandate",
        "name": "mandate",
        "type": "tuple"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "period",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "feeBps",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "executionFee",
            "type": "uint256"
          },
          {
            "internalType": "bool",
            "name": "viaPermit2",
            "type": "bool"
          }
        ],
        "internalType": "struct Charge",
        "name": "terms",
        "type": "tuple"
      }
    ],
    "name": "charge",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "components": [
              {
                "internalType": "address",
                "name": "merchant",
                "type": "address"
              },
              {
                "internalType": "address",
                "name": "token",
                "type": "address"
              },
              {
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "organization",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "organizationFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          },
          {
            "internalType": "uint256",
            "name": "feeBps",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "executionFee",
            "type": "uint256"
          },
          {
            "internalType": "bool",
            "name": "viaPermit2",
            "type": "bool"
          },
          {
            "internalType": "uint256",
            "name": "gasPerTransfer",
            "type": "uint256"
          },
          {
            "components": [
              {
                "components": [
                  {
                    "internalType": "bytes16",
                    "name": "uuid",
                    "type": "bytes16"
                  },
                  {
                    "internalType": "address",
                    "name": "subscriber",
                    "type": "address"
                  },
                  {
                    "internalType": "uint256",
                    "name": "maxPerPeriod",
                    "type": "uint256"
                  },
                  {
                    "internalType": "uint256",
                    "name": "priceMicroUsd",
                    "type": "uint256"
                  },
                  {
                    "internalType": "uint64",
                    "name": "firstChargeAt",
                    "type": "uint64"
                  },
                  {
                    "internalType": "uint64",
                    "name": "endsAt",
                    "type": "uint64"
                  },
                  {
                    "internalType": "uint256",
                    "name": "nonce",
                    "type": "uint256"
                  }
                ],
                "internalType": "struct MandateHead",
                "name": "head",
                "type": "tuple"
              },
              {
                "internalType": "uint256",
                "name": "period",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "amount",
                "type": "uint256"
              }
            ],
            "internalType": "struct GroupCharge[]",
            "name": "charges",
            "type": "tuple[]"
          }
        ],
        "internalType": "struct ChargeGroup[]",
        "name": "groups",
        "type": "tuple[]"
      }
    ],
    "name": "chargeBatch",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "components": [
              {
                "internalType": "address",
                "name": "merchant",
                "type": "address"
              },
              {
                "internalType": "address",
                "name": "token",
                "type": "address"
              },
              {
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "organization",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "organizationFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          },
          {
            "internalType": "uint256",
            "name": "feeBps",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "executionFee",
            "type": "uint256"
          },
          {
            "internalType": "bool",
            "name": "viaPermit2",
            "type": "bool"
          },
          {
            "internalType": "uint256",
            "name": "gasPerTransfer",
            "type": "uint256"
          },
          {
            "components": [
              {
                "components": [
                  {
                    "internalType": "bytes16",
                    "name": "uuid",
                    "type": "bytes16"
                  },
                  {
                    "internalType": "address",
                    "name": "subscriber",
                    "type": "address"
                  },
                  {
                    "internalType": "uint256",
                    "name": "maxPerPeriod",
                    "type": "uint256"
                  },
                  {
                    "internalType": "uint256",
                    "name": "priceMicroUsd",
                    "type": "uint256"
                  },
                  {
                    "internalType": "uint64",
                    "name": "firstChargeAt",
                    "type": "uint64"
                  },
                  {
                    "internalType": "uint64",
                    "name": "endsAt",
                    "type": "uint64"
                  },
                  {
                    "internalType": "uint256",
                    "name": "nonce",
                    "type": "uint256"
                  }
                ],
                "internalType": "struct MandateHead",
                "name": "head",
                "type": "tuple"
              },
              {
                "internalType": "uint256",
                "name": "period",
                "type": "uint256"
              },
              {
                "internalType": "uint256",
                "name": "amount",
                "type": "uint256"
              }
            ],
            "internalType": "struct GroupCharge[]",
            "name": "charges",
            "type": "tuple[]"
          }
        ],
        "internalType": "struct ChargeGroup",
        "name": "group",
        "type": "tuple"
      }
    ],
    "name": "chargeGroup",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "components": [
              {
                "internalType": "address",
                "name": "merchant",
                "type": "address"
              },
              {
                "internalType": "address",
                "name": "token",
                "type": "address"
              },
              {
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "organization",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "organizationFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          }
        ],
        "internalType": "struct Mandate",
        "name": "mandate",
        "type": "tuple"
      },
      {
        "components": [
          {
            "internalType": "uint256",
            "name": "period",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "amount",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "feeBps",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "executionFee",
            "type": "uint256"
          },
          {
            "internalType": "bool",
            "name": "viaPermit2",
            "type": "bool"
          }
        ],
        "internalType": "struct Charge",
        "name": "terms",
        "type": "tuple"
      }
    ],
    "name": "checkCharge",
    "outputs": [
      {
        "internalType": "enum ChargeFailure",
        "name": "failure",
        "type": "uint8"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "components": [
              {
                "internalType": "address",
                "name": "merchant",
                "type": "address"
              },
              {
                "internalType": "address",
                "name": "token",
                "type": "address"
              },
              {
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "organization",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "organizationFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          }
        ],
        "internalType": "struct Mandate",
        "name": "mandate",
        "type": "tuple"
      }
    ],
    "name": "hashMandate",
    "outputs": [
      {
        "internalType": "bytes32",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "pure",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "address",
            "name": "merchant",
            "type": "address"
          },
          {
            "internalType": "address",
            "name": "token",
            "type": "address"
          },
          {
            "internalType": "uint8",
            "name": "kind",
            "type": "uint8"
          },
          {
            "internalType": "uint8",
            "name": "periodUnit",
            "type": "uint8"
          },
          {
            "internalType": "uint32",
            "name": "periodLength",
            "type": "uint32"
          },
          {
            "internalType": "address",
            "name": "feeRecipient",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "maxFeeBps",
            "type": "uint16"
          },
          {
            "internalType": "address",
            "name": "organization",
            "type": "address"
          },
          {
            "internalType": "uint16",
            "name": "organizationFeeBps",
            "type": "uint16"
          },
          {
            "internalType": "address",
            "name": "registry",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxExecutionFee",
            "type": "uint256"
          }
        ],
        "internalType": "struct Plan",
        "name": "plan",
        "type": "tuple"
      }
    ],
    "name": "hashPlan",
    "outputs": [
      {
        "internalType": "bytes32",
        "name": "",
        "type": "bytes32"
      }
    ],
    "stateMutability": "pure",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32",
        "name": "mandateHash",
        "type": "bytes32"
      }
    ],
    "name": "mandateState",
    "outputs": [
      {
        "components": [
          {
            "internalType": "enum MandateStatus",
            "name": "status",
            "type": "uint8"
          },
          {
            "internalType": "uint256",
            "name": "nextPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "nextPeriodAt",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "maximum",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "signatureNonce",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "lastPeriod",
            "type": "uint256"
          }
        ],
        "internalType": "struct MandateState",
        "name": "",
        "type": "tuple"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "bytes32[]",
        "name": "mandateHashes",
        "type": "bytes32[]"
      }
    ],
    "name": "mandateStates",
    "outputs": [
      {
        "components": [
          {
            "internalType": "enum MandateStatus",
            "name": "status",
            "type": "uint8"
          },
          {
            "internalType": "uint256",
            "name": "nextPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "nextPeriodAt",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "maximum",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "signatureNonce",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "lastPeriod",
            "type": "uint256"
          }
        ],
        "internalType": "struct MandateState[]",
        "name": "states",
        "type": "tuple[]"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "components": [
              {
                "internalType": "address",
                "name": "merchant",
                "type": "address"
              },
              {
                "internalType": "address",
                "name": "token",
                "type": "address"
              },
              {
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "organization",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "organizationFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          }
        ],
        "internalType": "struct Mandate",
        "name": "mandate",
        "type": "tuple"
      },
      {
        "internalType": "uint256",
        "name": "timestamp",
        "type": "uint256"
      }
    ],
    "name": "periodAt",
    "outputs": [
      {
        "internalType": "bool",
        "name": "begun",
        "type": "bool"
      },
      {
        "internalType": "uint256",
        "name": "period",
        "type": "uint256"
      }
    ],
    "stateMutability": "pure",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "components": [
              {
                "internalType": "address",
                "name": "merchant",
                "type": "address"
              },
              {
                "internalType": "address",
                "name": "token",
                "type": "address"
              },
              {
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "organization",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "organizationFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          }
        ],
        "internalType": "struct Mandate",
        "name": "mandate",
        "type": "tuple"
      },
      {
        "internalType": "uint256",
        "name": "period",
        "type": "uint256"
      }
    ],
    "name": "periodStart",
    "outputs": [
      {
        "internalType": "uint256",
        "name": "",
        "type": "uint256"
      }
    ],
    "stateMutability": "pure",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          }
        ],
        "internalType": "struct MandateHead",
        "name": "head",
        "type": "tuple"
      },
      {
        "internalType": "bytes32",
        "name": "planHash",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      }
    ],
    "name": "setMaximum",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          }
        ],
        "internalType": "struct MandateHead",
        "name": "head",
        "type": "tuple"
      },
      {
        "internalType": "bytes32",
        "name": "planHash",
        "type": "bytes32"
      },
      {
        "internalType": "uint256",
        "name": "maximum",
        "type": "uint256"
      },
      {
        "internalType": "uint256",
        "name": "deadline",
        "type": "uint256"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      }
    ],
    "name": "setMaximumSigned",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "components": [
              {
                "internalType": "address",
                "name": "merchant",
                "type": "address"
              },
              {
                "internalType": "address",
                "name": "token",
                "type": "address"
              },
              {
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "organization",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "organizationFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          }
        ],
        "internalType": "struct Mandate",
        "name": "mandate",
        "type": "tuple"
      }
    ],
    "name": "stop",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "components": [
          {
            "internalType": "bytes16",
            "name": "uuid",
            "type": "bytes16"
          },
          {
            "internalType": "address",
            "name": "subscriber",
            "type": "address"
          },
          {
            "internalType": "uint256",
            "name": "maxPerPeriod",
            "type": "uint256"
          },
          {
            "internalType": "uint256",
            "name": "priceMicroUsd",
            "type": "uint256"
          },
          {
            "internalType": "uint64",
            "name": "firstChargeAt",
            "type": "uint64"
          },
          {
            "internalType": "uint64",
            "name": "endsAt",
            "type": "uint64"
          },
          {
            "internalType": "uint256",
            "name": "nonce",
            "type": "uint256"
          },
          {
            "components": [
              {
                "internalType": "address",
                "name": "merchant",
                "type": "address"
              },
              {
                "internalType": "address",
                "name": "token",
                "type": "address"
              },
              {
                "internalType": "uint8",
                "name": "kind",
                "type": "uint8"
              },
              {
                "internalType": "uint8",
                "name": "periodUnit",
                "type": "uint8"
              },
              {
                "internalType": "uint32",
                "name": "periodLength",
                "type": "uint32"
              },
              {
                "internalType": "address",
                "name": "feeRecipient",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "maxFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "organization",
                "type": "address"
              },
              {
                "internalType": "uint16",
                "name": "organizationFeeBps",
                "type": "uint16"
              },
              {
                "internalType": "address",
                "name": "registry",
                "type": "address"
              },
              {
                "internalType": "uint256",
                "name": "maxExecutionFee",
                "type": "uint256"
              }
            ],
            "internalType": "struct Plan",
            "name": "plan",
            "type": "tuple"
          }
        ],
        "internalType": "struct Mandate",
        "name": "mandate",
        "type": "tuple"
      },
      {
        "internalType": "uint256",
        "name": "deadline",
        "type": "uint256"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      }
    ],
    "name": "stopSigned",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  }
] as const;

export const subscriptionsAddress = "0x8C7af398A4449EFD1B9537a186Eb90D60737C260" as const;

export const subscriptionsCreationCode =
  "0x60808060405234601557613e90908161001a8239f35b5f80fdfe60806040526004361015610011575f80fd5b5f3560e01c806303ede37014610d055780633644e51514610ccd5780633994184d14610c635780633f7d5a8314610bd957806341cc35f414610ae35780634e9ea54d146109f4578063535395031461098657806357d1d5131461028c57806362679e82146107ee578063638390c9146107c857806368460c5a146107425780636b9dc16e146106ea5780636da4c2251461067e5780638d4c20401461056d57806391a24b51146104b9578063a7e6e1de1461045a578063acb53c42146103ed578063adb765ff1461032f578063ae315980146102db578063b7986ffe14610291578063d55be8c61461028c578063d72771a0146102655763fa51391f14610116575f80fd5b34610261577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360161032081126102615761024013610261576102443567ffffffffffffffff811161026157610170903690600401610f6c565b610264359167ffffffffffffffff83116102615760c07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc84360301126102615760a07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffd7c3601126102615761020d916101f3916101ea6118ac565b60015f5d612651565b916101fc6111da565b6102046111b7565b91600401612ebf565b5a60405161021a81611075565b6102843581526102a43560208201526102c43560408201526102e43560608201526103043592831515840361026157600460e49161025c9560808501526120b3565b5f805d005b5f80fd5b3461026157604061027e61027836610fef565b90611554565b825191151582526020820152f35b610f9a565b34610261576102407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126102615760206102d36102ce612045565b611734565b604051908152f35b346102615760206102d36102ee36610fef565b906102fb60808201611520565b67ffffffffffffffff60ff63ffffffff61032561016061031e6101408801611535565b9601611543565b16931691166131a7565b34610261576102407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610261576103676118ac565b60e43573ffffffffffffffffffffffffffffffffffffffff811690818103610261575033036103be575b6103bc61039f6102ce612045565b6103a761115b565b90805f525f602052339160405f2054916117ad565b005b6102043573ffffffffffffffffffffffffffffffffffffffff81168103610261576103e890613102565b610391565b34610261576101607ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126102615760206101806040517f2c7afae3cd5193f3eb5a80081418875f7c6fb1e6ae0128105cf38b70872daad2815261016060048483013720604051908152f35b346102615760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610261576104916110ea565b506004355f525f60205260c06104aa60405f20546115ba565b6104b76040518092610ec7565bf35b34610261577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360161028081126102615761024013610261576102443567ffffffffffffffff811161026157610513903690600401610f6c565b90610264359067ffffffffffffffff82116102615760c07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc83360301126102615761025c92610564916101ea6118ac565b506101fc6111da565b34610261577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360161016081126102615760e0136102615761012435610104356101443567ffffffffffffffff81116102615761025c926105d5610667923690600401610f6c565b6105e09391936118ac565b60015f5d6105ef60e435611734565b93845f525f60205260405f20549362ffffff8560c01c1660405160208101917fc342bfdd838b3fcb2563426cdde10489c06354be194cbdc20bbe9bfe5677a6af835288604083015289606083015260808201528260a082015260a0815261065760c082611091565b5190206106626111b7565b6118dc565b61067861067261115b565b91611923565b91611a66565b34610261577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360161026081126102615761024013610261576102443567ffffffffffffffff8111610261576106db6106e4913690600401610f6c565b906101ea6118ac565b505f805d005b34610261576102407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360112610261576107226116d5565b6103bc6107306102ce612045565b805f525f60205260405f205490611986565b346102615760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126102615760043567ffffffffffffffff8111610261576102007ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc82360301126102615761025c906107bc6118ac565b60015f5d60040161133c565b346102615760206107e16107db36610f05565b90611239565b6104b76040518092610fe2565b346102615760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126102615760043567ffffffffffffffff81116102615761083d903690600401610e4e565b906108466118ac565b5f907ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0181360301915b838110156103bc578060051b82013583811215610261578201906108976101e08301836112e7565b6101c0849294013590619c408201809211610959576003810191828211610959578281029281840414901517156109595761ea608201809211610959575f8281926102446001986108e889976135d5565b6040519261012081029182917f68460c5a000000000000000000000000000000000000000000000000000000008652602060048701526101e08b60248801376102006102048701526102248601528385013701913090f46109525761094c91611b8e565b0161086f565b505061094c565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b34610261577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360161012081126102615760e013610261576109c66116d5565b6103bc6109d460e435611734565b6109dc61115b565b90805f525f602052610104359160405f205491611a66565b34610261577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36016102808112610261576102401361026157610264356102443567ffffffffffffffff821161026157610add610ad891610a5c61025c943690600401610f6c565b610a679491946118ac565b60015f5d610a766102ce612045565b94855f525f60205260405f20549362ffffff8560c01c1660405160208101917ff78b93e905588dc16d80b63d7602c1469950d8d7b144724e3b47d7ed3b9f7357835289604083015260608201528260808201526080815261065760a082611091565b611923565b90611986565b34610261577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360161014081126102615760e01361026157610104356101243567ffffffffffffffff81116102615761025c91610b47610bc3923690600401610f6c565b610b529391936118ac565b60015f5d610b6160e435611734565b93845f525f60205260405f20549362ffffff8560c01c1660405160208101917f0d241f8fe64189ff9b7a203049ff30ae73485daf008676cabd6b6f0ba5013ab7835288604083015260608201528260808201526080815261065760a082611091565b610bcb61115b565b610bd36111b7565b926117ad565b3461026157610be736610f05565b90610bf06118ac565b60015f5d60e0810191610c0b610c058461207c565b83611771565b925a9260a08336031261026157608060405193610c2785611075565b8035855260208101356020860152604081013560408601526060810135606086015201359485151586036102615761025c9560808501526120b3565b34610261577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc360161010081126102615760e01361026157610ca36116d5565b6103bc610cb160e435611734565b610cb961115b565b815f525f60205260405f20549033926117ad565b34610261575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126102615760206102d361163d565b346102615760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126102615760043567ffffffffffffffff811161026157610d54903690600401610e4e565b610d5d816110d2565b91610d6b6040519384611091565b8183527fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0610d98836110d2565b015f5b818110610e375750505f5b82811015610de7576001908060051b8301355f525f602052610dcb60405f20546115ba565b610dd5828761111a565b52610de0818661111a565b5001610da6565b836040518091602082016020835281518091526020604084019201905f5b818110610e13575050500390f35b91935091602060c082610e296001948851610ec7565b019401910191849392610e05565b602090610e426110ea565b82828801015201610d9b565b9181601f840112156102615782359167ffffffffffffffff8311610261576020808501948460051b01011161026157565b6005811015610e8d57602452565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52602160045260245ffd5b906005821015610e8d5752565b60a08091610ed6848251610eba565b602081015160208501526040810151604085015260608101516060850152608081015160808501520151910152565b907ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc82016102e0811261026157610240136102615760a07ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffdbc60049301126102615761024490565b9181601f840112156102615782359167ffffffffffffffff8311610261576020838186019501011161026157565b34610261575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126102615760206040516103e88152f35b600e811015610e8d57602452565b90600e821015610e8d5752565b7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc0161026081126102615761024013610261576004906102443590565b60c0810190811067ffffffffffffffff82111761104857604052565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b60a0810190811067ffffffffffffffff82111761104857604052565b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff82111761104857604052565b67ffffffffffffffff81116110485760051b60200190565b604051906110f78261102c565b5f60a0838281528260208201528260408201528260608201528260808201520152565b805182101561112e5760209160051b010190565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52603260045260245ffd5b6004357fffffffffffffffffffffffffffffffff00000000000000000000000000000000811681036102615790565b357fffffffffffffffffffffffffffffffff00000000000000000000000000000000811681036102615790565b60243573ffffffffffffffffffffffffffffffffffffffff811681036102615790565b6101043573ffffffffffffffffffffffffffffffffffffffff811681036102615790565b3573ffffffffffffffffffffffffffffffffffffffff811681036102615790565b9190820180921161095957565b3580151581036102615790565b60608201359160e0820161125284604084013583611d65565b600e811015610e8d57806112df575061127361126d8261207c565b84611771565b5f525f6020526112948460405f205492602085013593849187873592611df0565b50600e811015610e8d57806112df57506112d660806112cf6112dc966112c960206112c26101008a016111fe565b98016111fe565b9461121f565b930161122c565b92611fbf565b90565b935050505090565b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe181360301821215610261570180359067ffffffffffffffff8211610261576020019161012082023603831361026157565b9061134b6101e08301836112e7565b91906113568461207c565b90600184146114b45761139c73ffffffffffffffffffffffffffffffffffffffff611380876111fe565b163314801561149a575b61018087013561016088013588611d95565b600e811015610e8d57806114655750604051926060840184811067ffffffffffffffff821117611048576040525f8452602084015f8152604085015f81525f5b878110156113ff576001906113f98861012083028801898d61230c565b016113dc565b50925093925094611463945060e061145b91611455611420602083016111fe565b9561142a836111fe565b9051976114406101c0850135809a81948b61258c565b61144c60a085016111fe565b9051908861258c565b016111fe565b90519161258c565b565b611495907f7102b8f2000000000000000000000000000000000000000000000000000000005f525f600452610fd4565b60445ffd5b6114af6114aa61012089016111fe565b613102565b61138a565b9193921561112e57826115136114d06101a0611463960161122c565b92604051936114de85611075565b60e086013585526101008601356020860152610160840135604086015261018084013560608601521515608085015284611771565b926101c0820135936120b3565b3567ffffffffffffffff811681036102615790565b3560ff811681036102615790565b3563ffffffff811681036102615790565b90608082019167ffffffffffffffff61156c84611520565b1682106115b15761157f6115ac93611520565b67ffffffffffffffff60ff63ffffffff6115a261016061031e6101408801611535565b16931691166132a3565b600191565b5050505f905f90565b6115c26110ea565b506115cc816133d6565b62ffffff8260801c169164ffffffffff8160981c169162ffffff8260c01c169162ffffff8160d81c1693604051956116038761102c565b6005841015610e8d576fffffffffffffffffffffffffffffffff93875260208701526040860152166060840152608083015260a082015290565b60405160208101907f8b73c3c69bb8fe3d512ecc4cf759cc79239f7b179b0ffacaa9a75d522b39400f82527f76763ce9b3b748409907f4b07567ceb98d6f86137c7f1937bb56ae4b527929ba60408201527fc89efdaa54c0f20c7adf612882df0950f5a951637e0307cdcb4c672f298b8bc660608201524660808201523060a082015260a081526116cf60c082611091565b51902090565b6116dd6118ac565b60243573ffffffffffffffffffffffffffffffffffffffff8116908181036102615750330361170857565b7fa3244148000000000000000000000000000000000000000000000000000000005f523360045260245ffd5b6040517f9391e429e25e4f5e21eb7d335d0627d118a4bfcad43bb8874df973acc595764381526101209160e0600460208401376101008201522090565b6101209160e0604051927f9391e429e25e4f5e21eb7d335d0627d118a4bfcad43bb8874df973acc5957643845260208401376101008201522090565b916117b7816133d6565b6005811015610e8d576004811461187c57507fffffffffffffffffffffffffffffffff000000000000000000000000000000007f752562217ae22f3b6ba35eff4923c7bac79ceb43fea07c366afd509fa73cb467927e040000000000000000000000000000000000000000000000000000000000007dffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff6020941617855f525f845260405f205573ffffffffffffffffffffffffffffffffffffffff604051961686521693a3565b61149590847f9d819744000000000000000000000000000000000000000000000000000000005f52600452610e7f565b5f5c6118b457565b7fb5dfd9e5000000000000000000000000000000000000000000000000000000005f5260045ffd5b94939291948542116118f3576114639495506133e5565b857ff88f0490000000000000000000000000000000000000000000000000000000005f526004524260245260445ffd5b62ffffff808260c01c16101561195957780100000000000000000000000000000000000000000000000081018091116109595790565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52600160045260245ffd5b90611990816133d6565b6005811015610e8d5760018103611a36575060046119ad9161348d565b90805f525f6020528160405f2055600435917fffffffffffffffffffffffffffffffff00000000000000000000000000000000831692838103610261577fb5962a8c34dab577bd6ca2ae53ad1d84843cd0e1b2f1c4ac014e9a96e142c872916040915062ffffff611a1d826133d6565b9160d81c16611a2e83518093610eba565b6020820152a3565b61149590837f9d819744000000000000000000000000000000000000000000000000000000005f52600452610e7f565b91611a70816133d6565b6005811015610e8d57600181141580611b40575b61187c57506fffffffffffffffffffffffffffffffff8411611b00577fffffffffffffffffffffffffffffffff000000000000000000000000000000007f9f138d6f439f82ccdc232e902657bc9cf3eea294735d7c0d0166bbd1380fa87a928582602094875f525f8652161760405f20556040519586521693a3565b837fed0f49f0000000000000000000000000000000000000000000000000000000005f526004526fffffffffffffffffffffffffffffffff60245260445ffd5b506002811415611a84565b907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f602080948051918291828752018686015e5f8582860101520116010190565b90604051903d60848111611d4e575b80835260208301905f823e60c4830190816040526101e08501906001611bc383886112e7565b9050149081611cd9575b50611c475750507f543a3d691645c6f181def4f560570b267cae4081cbc604a63f5494e3238e6ba190611c0b6020611c04866111fe565b95016111fe565b90611c4273ffffffffffffffffffffffffffffffffffffffff80604051948594855260406020860152169616946040830190611b4b565b0390a3565b91509291602481015192604482015192600e841015610e8d57611c69916112e7565b9290921561112e5782611cd47fffffffffffffffffffffffffffffffff000000000000000000000000000000009260e460409560e0611cc87fe3aed052d74ec5b65c0f09a37ab8cc76d5af2e85638fb7c8b53384f39eb65c649961118a565b9501358a520190610fe2565b1693a3565b7f7102b8f20000000000000000000000000000000000000000000000000000000091507fffffffff0000000000000000000000000000000000000000000000000000000090865190518281169160048110611d39575b505016145f611bcd565b839250829060040360031b1b16165f80611d2f565b506084611b9d565b3561ffff811681036102615790565b9061ffff611d7560c08401611d56565b1610611d8e57610140013510611d89575f90565b600a90565b5050600990565b9192908115611dda5761ffff611dad60c08501611d56565b1614155b611dd25715611dc757505f905b11611d89575f90565b610140013590611dbe565b505050600990565b61ffff611de960c08501611d56565b1610611db1565b949390919293611dff866133d6565b6005811015610e8d5760018103611f74575b5060a0830167ffffffffffffffff611e2882611520565b1615159081611f56575b50611f4b578115611f40576fffffffffffffffffffffffffffffffff861690818311928315611f2c575b505050611f2357611e6f91839185613628565b9190600e811015610e8d5780611f1d57506001810180911161095957611ec19160981b9060801b7fffffffffffffffff0000000000000000ffffffffffffffffffffffffffffffff84161717916133d6565b6005811015610e8d57600203611f19577dffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7e03000000000000000000000000000000000000000000000000000000000000911617905f9190565b5f91565b91505091565b50600793915050565b8203925090821161095957115f8080611e5c565b506008959350505050565b506003959350505050565b67ffffffffffffffff9150611f6a90611520565b164210155f611e32565b8015611fb35760048114611fa7576003148015611f96575b611f4b575f611e11565b5062ffffff8660d81c168511611f8c565b50600296945050505050565b50600196945050505050565b919290836120206040517f70a0823100000000000000000000000000000000000000000000000000000000602082015273ffffffffffffffffffffffffffffffffffffffff841660248201526024815261201a604482611091565b85613d4c565b1061203c5761202e9261375d565b10612037575f90565b600c90565b50505050600b90565b6101806040517f2c7afae3cd5193f3eb5a80081418875f7c6fb1e6ae0128105cf38b70872daad2815261016060e460208301372090565b61018090610160604051917f2c7afae3cd5193f3eb5a80081418875f7c6fb1e6ae0128105cf38b70872daad2835260208301372090565b91909392604081018051906120f76060840192835173ffffffffffffffffffffffffffffffffffffffff6120e6886111fe565b1633149182156122f7575b87611d95565b600e811015610e8d57806122c75750845f525f60205260405f20549061212b8451926020860193845190888c885194611df0565b90600e811015610e8d5780612297575061221a896121d9979561221097958a7fe615c2b4e858f01432161e81b22501065aab459d54ed58255dd39c46f7266f017fffffffffffffffffffffffffffffffff000000000000000000000000000000006121ce8f98996122369a855f525f60205260405f20558c61ffff6121b7610100895194519301611d56565b169061271080918402048093039182020480910392565b9e8f929e919861118a565b918c51965190898951926040519687961699869192608093969594919660a084019784526020840152604083015260608201520152565b0390a3519061121f565b926080612226866111fe565b9101958651151591868c8b6138be565b8581612272575b50508261224d575b505050505050565b6122679561225d60e083016111fe565b92511515946138be565b5f8080808080612245565b6122909161228260a085016111fe565b908551151591858b8a6138be565b5f8561223d565b61149590887f7102b8f2000000000000000000000000000000000000000000000000000000005f52600452610fd4565b61149590867f7102b8f2000000000000000000000000000000000000000000000000000000005f52600452610fd4565b6123076114aa6101208a016111fe565b6120f1565b906123179083611771565b91825f525f60205260405f20549161018081013560e08301359361010084013592612346838588848987611df0565b92909889600e811015610e8d57156123c4575b5050505050507fe3aed052d74ec5b65c0f09a37ab8cc76d5af2e85638fb7c8b53384f39eb65c64916123c17fffffffffffffffffffffffffffffffff000000000000000000000000000000006123b060409461118a565b169583519283526020830190610fe2565ba3565b90919293949598506101c0830135936123dc856135d5565b885f525f60205260405f20556123f4602084016111fe565b956123ff868261121f565b9560208b019461242b612411876111fe565b976101a08301988a8c6124238c61122c565b923091613938565b6124b157505050506124a86040957fe3aed052d74ec5b65c0f09a37ab8cc76d5af2e85638fb7c8b53384f39eb65c6497956123c1956124a261249c7fffffffffffffffffffffffffffffffff00000000000000000000000000000000976123b0978e5f525f6020528c5f20556111fe565b9161122c565b92613a17565b97948496612359565b61255f9298507fe615c2b4e858f01432161e81b22501065aab459d54ed58255dd39c46f7266f01999750611c4296507fffffffffffffffffffffffffffffffff00000000000000000000000000000000939b919550604094508061016061ffff61252161010061253d9501611d56565b169101358a919061271080918402048093039182020480910392565b95918d919d510181528c8760208301910181510190520184815101905261118a565b1697604051958695869192608093969594919660a084019784526020840152604083015260608201520152565b909192831561264b575f6044826125a46020946135d5565b8285604051927fa9059cbb000000000000000000000000000000000000000000000000000000008452886004850152896024850152828052f160015f511481161561263f575b156125f457505050565b9073ffffffffffffffffffffffffffffffffffffffff80927f3a996fd8000000000000000000000000000000000000000000000000000000005f52166004521660245260445260645ffd5b813b15153d10166125ea565b50505050565b91906101806040517f2c7afae3cd5193f3eb5a80081418875f7c6fb1e6ae0128105cf38b70872daad2815261016060e4602083013720926101206040517f9391e429e25e4f5e21eb7d335d0627d118a4bfcad43bb8874df973acc5957643815260e06004602083013785610100820152209384805f525f6020526126d860405f20546133d6565b9060058210159081610e8d57600183148015612e61575b612e585750610e8d5780612e2857506101a43561ffff81168082141580610261576103e88211612df4576101e4359161ffff831690818414159283610261576103e88311612dc25773ffffffffffffffffffffffffffffffffffffffff60e4351660e435036102615761276360e435613d72565b956127a66040978851906127778a83611091565b600882527f6d65726368616e740000000000000000000000000000000000000000000000006020830152613d9d565b6101843573ffffffffffffffffffffffffffffffffffffffff81168103610261576127d090613d72565b918215612d9d575b505061281b91508551906127ec8783611091565b600c82527f666565526563697069656e7400000000000000000000000000000000000000006020830152613d9d565b6101c43573ffffffffffffffffffffffffffffffffffffffff811681036102615761284590613d72565b918215612d89575b505061289091508251906128618483611091565b600c82527f6f7267616e697a6174696f6e00000000000000000000000000000000000000006020830152613d9d565b73ffffffffffffffffffffffffffffffffffffffff61010435166101043503610261576128f9610104353b15158251906128ca8483611091565b600582527f746f6b656e0000000000000000000000000000000000000000000000000000006020830152613d9d565b6101243560ff81168082036102615761294d9150600183519161291c8584611091565b600483527f6b696e640000000000000000000000000000000000000000000000000000000060208401521115613d9d565b6101443560ff81168082036102615781600192506129a384516129708682611091565b600a81527f706572696f64556e697400000000000000000000000000000000000000000000602082015284841115613d9d565b5003612d7f5760785b6101643563ffffffff81169182820361026157612a0c928015159283612d72575b5050508251906129dd8483611091565b600c82527f706572696f644c656e67746800000000000000000000000000000000000000006020830152613d9d565b6102043573ffffffffffffffffffffffffffffffffffffffff811680820361026157612a729150825190612a408483611091565b600882527f72656769737472790000000000000000000000000000000000000000000000006020830152301415613d9d565b73ffffffffffffffffffffffffffffffffffffffff6024351693846024350361026157612ad78251612aa48482611091565b600a81527f7375627363726962657200000000000000000000000000000000000000000000602082015230871415613d9d565b604435151580612d56575b8251612b2191612af28583611091565b600c82527f6d6178506572506572696f6400000000000000000000000000000000000000006020830152613d9d565b60843567ffffffffffffffff81161415908161026157612b8a8351612b468582611091565b600d81527f66697273744368617267654174000000000000000000000000000000000000006020820152647fffffffff67ffffffffffffffff608435161115613d9d565b60a43567ffffffffffffffff8116141594856102615767ffffffffffffffff60a43516158015612d35575b90612bfa612c039392865190612bcb8883611091565b600682527f656e6473417400000000000000000000000000000000000000000000000000006020830152613d9d565b896024356133e5565b61026157855f525f6020527e010000000000000000000000000000000000000000000000000000000000007affffffffffffffff0000000000000000000000000000000000000060843560981b166044351717815f2055600435927fffffffffffffffffffffffffffffffff000000000000000000000000000000008416938481036102615750610261576101007f13bd6a83b601b0fd32937ea235d0374f28adebbeb5f0360ec09fc888e0dc7b6291879381519173ffffffffffffffffffffffffffffffffffffffff60e43516835273ffffffffffffffffffffffffffffffffffffffff6101043516602084015260443590830152606435606083015267ffffffffffffffff60843516608083015267ffffffffffffffff60a4351660a083015260c43560c083015260e0820152a4565b505f955085925067ffffffffffffffff608435811660a43590911611612bb5565b506fffffffffffffffffffffffffffffffff6044351115612ae2565b50111590505f80806129cd565b6312cc03006129ac565b909150610261576128909150155f8061284d565b90915061026157501580612db7575b61281b905f806127d8565b506102243515612dac565b827f8fbf63a6000000000000000000000000000000000000000000000000000000005f526004526103e860245260445ffd5b5090507fe757126a000000000000000000000000000000000000000000000000000000005f526004526103e860245260445ffd5b61149590867f9d819744000000000000000000000000000000000000000000000000000000005f52600452610e7f565b96505050505050565b505f9150600283146126ef565b9035907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe181360301821215610261570180359067ffffffffffffffff82116102615760200191813603831361026157565b919060ff612ecc84611535565b16801561264b5760a0840190612ee28286612e6e565b95909260038314613010575060418603612245576040838781010312610261578235926020810135966040101561112e576040013560f81c9160018103612f875750925f958695938693604060e4978151977fd505accf00000000000000000000000000000000000000000000000000000000895260048901523060248901526020810135604489015201356064870152608486015260a485015260c48401525af150565b6002909593959491929414612f9e57505050505050565b5f95869561010495604088958151977f8fcbaf0c000000000000000000000000000000000000000000000000000000008952600489015230602489015260608101356044890152013560648701526001608487015260a486015260c485015260e48401525af1505f8080808080612245565b5f965073ffffffffffffffffffffffffffffffffffffffff93506130ea92508160406130426130be938a999895612e6e565b919092815197889681602089019b7f2b67b570000000000000000000000000000000000000000000000000000000008d521660248901521660448701526020810135606487015260808101356084870152606081013560a48701523060c4870152013560e4850152610100610104850152610124840191613a37565b037fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe08101835282611091565b5190826e22d473030f116ddee9f6b43ac78ba35af150565b5f6024816020937fdebfda30000000000000000000000000000000000000000000000000000000008252336004525afa60015f5114601f3d1116161561314457565b7f5cf20d63000000000000000000000000000000000000000000000000000000005f523360045260245ffd5b811561317a570490565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601260045260245ffd5b92901561329e577ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff50593908361323e6201518080959604620afa6c0162023ab18106600c61016d62023ab08304618eac84046105b48504850301030491606483048360021c8461016d02010390039161019062023ab1600160996002876005020104956005600288609902010490030195040201020191565b958693020190600c808304920695601c8111613283575b506002856005920696609902010490610190810490606481049061016d8160021c9102010301010101020190565b61328d8784613a75565b809111156132555792506002613255565b020190565b9093929184156133c957908161339461339c93613321620151808504620afa6c0162023ab18106600c61016d62023ab08304618eac84046105b48504850301030491606483048360021c8461016d02010390039161019062023ab1600160996002876005020104956005600288609902010490030195040201020191565b5061338d620151808804620afa6c0162023ab18106600c61016d62023ab08304618eac84046105b48504850301030491606483048360021c8461016d02010390039161019062023ab1600160996002876005020104956005600288609902010490030195040201020191565b5003613170565b9586926131a7565b116133a357565b907fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0190565b916112dc93945003613170565b60f01c6005811015610e8d5790565b929091613443926133f461163d565b906040519060208201927f19010000000000000000000000000000000000000000000000000000000000008452602283015260428201526042815261343a606282611091565b51902084613b11565b1561344b5750565b73ffffffffffffffffffffffffffffffffffffffff907fae9ff1c0000000000000000000000000000000000000000000000000000000005f521660045260245ffd5b9060ff61349d6101208301611535565b1615613538575f906080810167ffffffffffffffff6134bb82611520565b1642101561357d575b505062fffffe811161353857907affffffffffffffffffffffffffffffffffffffffffffffffffffff7dffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7e020000000000000000000000000000000000000000000000000000000000009360d81b169116171790565b507dffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff167e030000000000000000000000000000000000000000000000000000000000001790565b6135c3925061358b90611520565b906135a661016061359f6101408401611535565b9201611543565b9167ffffffffffffffff60ff63ffffffff429516931691166132a3565b60018101809111610959575f806134c4565b6135e390603f81049061121f565b614e20810180911161095957805a106135f95750565b5a7ffe336aa7000000000000000000000000000000000000000000000000000000005f5260045260245260445ffd5b9392905f9462ffffff8160801c16918284106136f25762fffffe84116136e45760806136549101611520565b9063ffffffff60ff67ffffffffffffffff61367d608061367660608b01611535565b9901611543565b9416961692169284145f146136d25760981c64ffffffffff165b42106136c55760018301809311610959576136b1936131a7565b90814210156136bc57565b600692505f9150565b5050505090506004905f90565b506136df838383876131a7565b613697565b505050505090506004905f90565b505050505090506005905f90565b3d15613758573d9067ffffffffffffffff8211611048576040519161374d601f82017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01660200184611091565b82523d5f602084013e565b606090565b82156138b4576137db6e22d473030f116ddee9f6b43ac78ba3925b73ffffffffffffffffffffffffffffffffffffffff80604051927fdd62ed3e0000000000000000000000000000000000000000000000000000000060208501521694856024840152166044820152604481526137d5606482611091565b82613d4c565b92156138af575f91829173ffffffffffffffffffffffffffffffffffffffff6040519160208301937f927da105000000000000000000000000000000000000000000000000000000008552602484015216604482015230606482015260648152613846608482611091565b51906e22d473030f116ddee9f6b43ac78ba35afa90613863613700565b911580156138a4575b61389e576060828051810103126102615760406020830151920151421161389e5780821015613899575090565b905090565b50505f90565b50606082511061386c565b505090565b6137db3092613778565b95858560206138d5816138e796999a9c97016111fe565b9701956138e1876111fe565b88613938565b61393057509161149594916138fe613904946111fe565b90613a17565b907f7102b8f2000000000000000000000000000000000000000000000000000000005f52600452610fd4565b945050505050565b809594939291935f146139b75750915f6e22d473030f116ddee9f6b43ac78ba381956084948396604051957f36c78516000000000000000000000000000000000000000000000000000000008752600487015260248601526044850152876064850152f1903b156e22d473030f116ddee9f6b43ac78ba33b1517151690565b5f9391906020956064948693604051957f23b872dd000000000000000000000000000000000000000000000000000000008752600487015260248601526044850152828052f19060015f5114821615613a0e575090565b3b15153d101690565b90613a23939291611fbf565b600e811015610e8d57806112dc5750600d90565b601f82602094937fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe093818652868601375f8582860101520116010190565b600b8214613a8b575060056001910616601f0390565b9050600460018083019208159081613aae575b5015613aa957601d90565b601c90565b606481061580159250613ac3575b505f613a9e565b610190915006155f613abc565b602081519101519060208110613ae4575090565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff9060200360031b1b1690565b905f926041851480613d20575b613d1657602085119485613c99575b8495613be657833b15613bde57613b85906130be60405193849260208401967f1626ba7e0000000000000000000000000000000000000000000000000000000088526024850152604060448501526064840191613a37565b51915afa613b91613700565b81613bd0575b81613ba0575090565b7f1626ba7e000000000000000000000000000000000000000000000000000000009150613bcc90613ad0565b1490565b905060208151101590613b97565b505050505090565b916130be613c4d9260405194859373ffffffffffffffffffffffffffffffffffffffff60208601987f1a86b550000000000000000000000000000000000000000000000000000000008a521660248601526044850152606060648501526084840191613a37565b5190827321c58034e9f7aa302166fbcd8b35e6dc227462085af1613c6f613700565b81613c8b575b81613c7e575090565b60019150613bcc90613ad0565b905060208151101590613c75565b93509350827fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0810111610959578284017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe001357f649264926492649264926492649264926492649264926492649264926492649214935f93613b2d565b5050505050600190565b50613d2c858284613de7565b73ffffffffffffffffffffffffffffffffffffffff808516911614613b1e565b5f8080528251601f3d1193602093908401905afa1615613d6b575f5190565b5f80805290565b73ffffffffffffffffffffffffffffffffffffffff168015159081613d95575090565b905030141590565b15613da55750565b613de3906040519182917f7e814a74000000000000000000000000000000000000000000000000000000008352602060048401526024830190611b4b565b0390fd5b90826020116102615780359183604011610261576020820135937f7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a08511613d16576040101561112e576020935f9360406080948151948552013560f81c868401526040830152606082015282805260015afa15613e85575f519073ffffffffffffffffffffffffffffffffffffffff821615613e7f57565b60019150565b6040513d5f823e3d90fd" as const;

export const executorRegistryAbi = [
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "firstOwner",
        "type": "address"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "constructor"
  },
  {
    "inputs": [],
    "name": "AddressMissing",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "sender",
        "type": "address"
      }
    ],
    "name": "NotOwner",
    "type": "error"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "sender",
        "type": "address"
      }
    ],
    "name": "NotPendingOwner",
    "type": "error"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "address",
        "name": "executor",
        "type": "address"
      },
      {
        "indexed": false,
        "internalType": "bool",
        "name": "allowed",
        "type": "bool"
      }
    ],
    "name": "ExecutorSet",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "address",
        "name": "owner",
        "type": "address"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "newOwner",
        "type": "address"
      }
    ],
    "name": "OwnershipTransferStarted",
    "type": "event"
  },
  {
    "anonymous": false,
    "inputs": [
      {
        "indexed": true,
        "internalType": "address",
        "name": "previousOwner",
        "type": "address"
      },
      {
        "indexed": true,
        "internalType": "address",
        "name": "newOwner",
        "type": "address"
      }
    ],
    "name": "OwnershipTransferred",
    "type": "event"
  },
  {
    "inputs": [],
    "name": "acceptOwnership",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "account",
        "type": "address"
      }
    ],
    "name": "isExecutor",
    "outputs": [
      {
        "internalType": "bool",
        "name": "",
        "type": "bool"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "owner",
    "outputs": [
      {
        "internalType": "address",
        "name": "",
        "type": "address"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [],
    "name": "pendingOwner",
    "outputs": [
      {
        "internalType": "address",
        "name": "",
        "type": "address"
      }
    ],
    "stateMutability": "view",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "executor",
        "type": "address"
      },
      {
        "internalType": "bool",
        "name": "allowed",
        "type": "bool"
      }
    ],
    "name": "setExecutor",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  },
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "newOwner",
        "type": "address"
      }
    ],
    "name": "transferOwnership",
    "outputs": [],
    "stateMutability": "nonpayable",
    "type": "function"
  }
] as const;

export const executorRegistryCreationCode =
  "0x60803460a857601f61052b38819003918201601f19168301916001600160401b0383118484101760ac5780849260209460405283398101031260a857516001600160a01b0381169081900360a8578015609957600180546001600160a01b03191682179055604051905f7f8be0079c531659141344cd1fd0a4f28419497f9722a3daafe3b4186f6b6457e08180a361046a90816100c18239f35b638ae08a4b60e01b5f5260045ffd5b5f80fd5b634e487b7160e01b5f52604160045260245ffdfe6080806040526004361015610012575f80fd5b5f3560e01c9081631e1bff3f1461033e5750806379ba5097146102565780638da5cb5b14610205578063debfda301461019e578063e30c39781461014d5763f2fde38b1461005e575f80fd5b346101495760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261014957610095610447565b73ffffffffffffffffffffffffffffffffffffffff600154169081330361011d5773ffffffffffffffffffffffffffffffffffffffff1690817fffffffffffffffffffffffff000000000000000000000000000000000000000060025416176002557f38d16b8cac22d99fc7c124b9cd0de2d3fa1faef420bfe791d8c362d765e227005f80a3005b7f245aecd3000000000000000000000000000000000000000000000000000000005f523360045260245ffd5b5f80fd5b34610149575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261014957602073ffffffffffffffffffffffffffffffffffffffff60025416604051908152f35b346101495760207ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101495773ffffffffffffffffffffffffffffffffffffffff6101ea610447565b165f525f602052602060ff60405f2054166040519015158152f35b34610149575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261014957602073ffffffffffffffffffffffffffffffffffffffff60015416604051908152f35b34610149575f7ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126101495760025473ffffffffffffffffffffffffffffffffffffffff81163303610312577fffffffffffffffffffffffff0000000000000000000000000000000000000000906001543373ffffffffffffffffffffffffffffffffffffffff82167f8be0079c531659141344cd1fd0a4f28419497f9722a3daafe3b4186f6b6457e05f80a38216331760015516600255005b7fa09b9a43000000000000000000000000000000000000000000000000000000005f523360045260245ffd5b346101495760407ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc36011261014957610375610447565b90602435918215158093036101495773ffffffffffffffffffffffffffffffffffffffff60015416330361011d5773ffffffffffffffffffffffffffffffffffffffff1691821561041f577f278b09622564dd3991fe7744514513d64ea2c8ed2b2b9ec1150ad964fde80a9991602091845f525f835260405f207fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0081541660ff83161790558152a2005b7f8ae08a4b000000000000000000000000000000000000000000000000000000005f5260045ffd5b6004359073ffffffffffffffffffffffffffffffffffffffff821682036101495756" as const;

export const signatureVerifierAbi = [
  {
    "inputs": [
      {
        "internalType": "address",
        "name": "signer",
        "type": "address"
      },
      {
        "internalType": "bytes32",
        "name": "hash",
        "type": "bytes32"
      },
      {
        "internalType": "bytes",
        "name": "signature",
        "type": "bytes"
      }
    ],
    "name": "verify",
    "outputs": [
      {
        "internalType": "bool",
        "name": "",
        "type": "bool"
      }
    ],
    "stateMutability": "nonpayable",
    "type": "function"
  }
] as const;

export const signatureVerifierAddress = "0x21C58034e9F7aA302166fBcd8b35e6dC22746208" as const;

export const signatureVerifierCreationCode =
  "0x6080806040523460155761047c908161001a8239f35b5f80fdfe60806040526004361015610011575f80fd5b5f3560e01c631a86b55014610024575f80fd5b346100ce5760607ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffc3601126100ce5760043573ffffffffffffffffffffffffffffffffffffffff811681036100ce5760443567ffffffffffffffff81116100ce57366023820112156100ce57806004013567ffffffffffffffff81116100ce5736602482840101116100ce5760209260246100c4930190602435906101ef565b6040519015158152f35b5f80fd5b90601f7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0910116810190811067ffffffffffffffff82111761011357604052565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52604160045260245ffd5b67ffffffffffffffff811161011357601f017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe01660200190565b81601f820112156100ce5780359061019182610140565b9261019f60405194856100d2565b828452602083830101116100ce57815f926020809301838601378301015290565b3d156101ea573d906101d182610140565b916101df60405193846100d2565b82523d5f602084013e565b606090565b92807fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe081011161031057820160607fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe084818401930301126100ce5782359273ffffffffffffffffffffffffffffffffffffffff84168094036100ce57602081013567ffffffffffffffff81116100ce578261028b91830161017a565b91604082013567ffffffffffffffff81116100ce576102aa920161017a565b92843b1515806102ff575b6102f557815f92918360208194519301915af1506102d16101c0565b50823b151592836102e3575b50505090565b6102ed935061033d565b5f80806102dd565b5050505050600190565b5061030b84848761033d565b6102b5565b7f4e487b71000000000000000000000000000000000000000000000000000000005f52601160045260245ffd5b5f929160206103ed608486957fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0601f604051958693818501987f1626ba7e000000000000000000000000000000000000000000000000000000008a526024860152604060448601528051918291826064880152018686015e898582860101520116810103017fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe081018352826100d2565b51915afa6103f96101c0565b8161046e575b81610408575090565b7f1626ba7e00000000000000000000000000000000000000000000000000000000915060208151910151906020811061044057501490565b7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff9060200360031b1b161490565b9050602081511015906103ff56" as const;
