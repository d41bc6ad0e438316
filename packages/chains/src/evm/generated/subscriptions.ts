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
        "name": "",
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
        "name": "",
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

export const executorRegistryAbi = [
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
